/**
 * What an operator counts. Flows in: facts and snapshots of a scheduler. Flows out: meters of Micrometer, which is needed for
 * this package alone.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.metrics;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
