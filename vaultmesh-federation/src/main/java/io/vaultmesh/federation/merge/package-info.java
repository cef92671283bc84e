/**
 * Sets of records that grow the same way everywhere. Flows in: the ids of records. Flows out: one root hash, whatever
 * the order of arrival.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
