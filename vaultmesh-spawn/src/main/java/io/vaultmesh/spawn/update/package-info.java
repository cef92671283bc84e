/**
 * Brings today's templates to a service that was made by older ones, and keeps what its users changed. Flows in: the
 * directory of a service, and the {@link io.vaultmesh.spawn.tree.FileTree} of today. Flows out: the merged files, and an
 * {@link io.vaultmesh.spawn.update.UpdateReport}.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.update;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
