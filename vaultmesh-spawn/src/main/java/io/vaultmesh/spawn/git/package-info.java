/**
 * The first commit of a service, and what git knows of it later. Flows in: the directory and the {@link
 * io.vaultmesh.spawn.tree.FileTree} that was written to it. Flows out: a git repository, the id of its commit, which files
 * git would look at, and files that it still has.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.git;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
