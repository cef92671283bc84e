/**
 * Who sent an HTTP message between peers, and that it is the one that was sent (RFC 9421). Flows in: a message and a key, or
 * a message and its header fields. Flows out: the fields that sign it, or the peer that did.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.federation.signature;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
