/**
 * What was generated, to the byte: sealed with the service, checked later. Flows in: {@link
 * io.vaultmesh.spawn.spec.ServiceSpec} and {@link io.vaultmesh.spawn.tree.FileTree}. Flows out: {@link
 * io.vaultmesh.spawn.manifest.Manifest}, with one digest over all.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.manifest;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
