/**
 * The proof that something was remembered. Flows in: an envelope and its log proof. Flows out: a value that anybody
 * verifies with the log's key alone.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.receipt;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
