/**
 * What to do next, as a pure function. Flows in: the configuration, the state of lanes and targets, and the time. Flows out:
 * the steps to take now, and why the other lanes that are due have to wait.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.plan;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
