/**
 * What a peer may use up. Flows in: who asks for how much, and who did what none should. Flows out: requests that may be
 * answered now, and refusals that say how long to wait.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.guard;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
