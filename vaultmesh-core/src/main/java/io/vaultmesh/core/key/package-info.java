/**
 * Ed25519 keys (RFC 8032) with one strict notion of a valid signature, and their did:key names. Flows in: seeds, key
 * bytes, did:key texts. Flows out: keys that sign and verify.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.key;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
