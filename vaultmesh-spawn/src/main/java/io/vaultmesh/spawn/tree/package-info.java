/**
 * Files as a value, and the one place that writes them. Flows in: paths and contents from generators. Flows out: {@link
 * io.vaultmesh.spawn.tree.FileTree}, and by {@link io.vaultmesh.spawn.tree.TreeWriter} a whole directory, or nothing.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.tree;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
