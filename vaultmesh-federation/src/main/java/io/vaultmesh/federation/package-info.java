/**
 * Memories that converge across peers. Flows in: a memory, peers and what they may do. Flows out: a node that keeps the
 * memory in agreement with its peers, and says how far it is.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
