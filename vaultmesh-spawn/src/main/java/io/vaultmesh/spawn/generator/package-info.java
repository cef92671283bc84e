/**
 * What makes the files of a service: the built-in generators and the interface for own ones. Flows in: {@link
 * io.vaultmesh.spawn.spec.ServiceSpec}. Flows out: {@link io.vaultmesh.spawn.tree.FileTree}, filled by all generators.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.generator;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
