/**
 * Sets of records that grow the same way everywhere, and the original's merge of plain events. Flows in: ids of records,
 * or lists of events. Flows out: one root hash whatever the order of arrival, or a merged list with a signed receipt.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
