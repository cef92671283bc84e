/**
 * Proof that something existed at a time, by authorities of RFC 3161. Flows in: a hash, pinned root certificates, and
 * what an authority answered. Flows out: a report of every check, and the time that it proves.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
