/**
 * Sets of records that grow the same way everywhere, and the original's merge of plain events. Flows in: records that
 * peers send, or lists of events. Flows out: sets over logs, with what was refused and who contradicts himself, or a merged
 * list with a signed receipt.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
