/**
 * How often something is due, and how long to wait after failures. Flows in: texts such as {@code 89s} and {@code 34*fast}.
 * Flows out: durations, and the windows of time in which nothing is to be done.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.cadence;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
