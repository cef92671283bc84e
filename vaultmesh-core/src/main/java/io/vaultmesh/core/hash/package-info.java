/**
 * SHA-256 hashes as a type, and the ways to compute them. Flows in: bytes, streams, files. Flows out: {@link
 * io.vaultmesh.core.hash.Hash}.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.hash;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
