/**
 * Finds out what two peers' sets differ in, by talking about ranges of them. Flows in: the ids of records with their
 * times, and a peer's messages. Flows out: messages, the ids that one side alone has, and one root hash of a set.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
