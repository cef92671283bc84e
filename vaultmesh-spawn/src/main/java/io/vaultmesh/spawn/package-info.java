/**
 * Creates services: planned before they are written, sealed after. Flows in: {@link
 * io.vaultmesh.spawn.spec.ServiceSpec}. Flows out: a directory with every file, its manifest and one commit, or nothing.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
