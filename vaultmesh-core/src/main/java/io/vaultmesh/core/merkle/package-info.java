/**
 * The algebra of Merkle trees (RFC 6962 §2.1, RFC 9162 §2.1), as pure functions. Flows in: leaf hashes, by a one-method
 * reader. Flows out: roots, inclusion proofs and consistency proofs.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.merkle;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
