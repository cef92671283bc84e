/**
 * How peers' sets converge, as a machine without threads, clock or network of its own. Flows in: what happened, and the
 * time. Flows out: what is to be sent, and what operators should know.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
