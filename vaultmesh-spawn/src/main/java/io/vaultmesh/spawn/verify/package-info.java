/**
 * What can be said about a service before anybody uses it. Flows in: the {@link io.vaultmesh.spawn.tree.FileTree} of a
 * service. Flows out: a {@link io.vaultmesh.core.check.Report}.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.verify;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
