/**
 * The first commit of a service. Flows in: the directory and the {@link io.vaultmesh.spawn.tree.FileTree} that was
 * written to it. Flows out: a git repository, and the id of its commit.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.git;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
