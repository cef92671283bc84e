/**
 * What is under way, on disk. Flows in: what is going to be sent, what a target gave, and what failed. Flows out, after a
 * crash too: how far each lane is.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.scheduler.journal;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
