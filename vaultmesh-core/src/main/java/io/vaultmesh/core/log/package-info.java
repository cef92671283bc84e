/**
 * The transparency log: append, prove, check. Kept as C2SP tlog-tiles with C2SP tlog-checkpoints. Flows in: entries.
 * Flows out: signed checkpoints, {@link io.vaultmesh.core.log.LogProof}s and reports.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.log;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
