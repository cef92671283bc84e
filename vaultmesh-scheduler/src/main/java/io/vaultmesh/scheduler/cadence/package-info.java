/**
 * How often something is due. Flows in: texts such as {@code 89s} and {@code 34*fast}. Flows out: {@link
 * io.vaultmesh.scheduler.cadence.Cadence} and, by {@link io.vaultmesh.scheduler.cadence.Cadences}, durations.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.cadence;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
