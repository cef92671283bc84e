/**
 * The places where checkpoints are published. Flows in: a checkpoint. Flows out: evidence that it is published there, and how
 * final that is.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.anchor;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
