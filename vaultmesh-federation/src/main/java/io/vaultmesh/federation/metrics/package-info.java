/**
 * What an operator counts. Flows in: the events of a node. Flows out: meters of Micrometer, which is needed for this package
 * alone.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.metrics;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
