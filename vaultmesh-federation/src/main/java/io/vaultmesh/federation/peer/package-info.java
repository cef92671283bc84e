/**
 * Who takes part in a federation. Flows in: what an operator configured. Flows out: peers by their keys, and what each of
 * them may do.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.peer;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
