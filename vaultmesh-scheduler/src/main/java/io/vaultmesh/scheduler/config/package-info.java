/**
 * What a scheduler has to do. Flows in: what a caller asks for. Flows out: lanes, each with the grid of times at which it is
 * due.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.config;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
