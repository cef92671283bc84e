/**
 * Programs of this machine. Flows in: a name, and what {@code PATH} says. Flows out: what the program printed.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.spawn.toolchain;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
