/**
 * JSON with one meaning and one form: strict reading (RFC 8259 within I-JSON, RFC 7493) and canonical writing (RFC
 * 8785). Flows in: bytes, text, maps and lists, Jackson trees. Flows out: canonical bytes, immutable {@link
 * io.vaultmesh.core.json.JsonValue}s.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.json;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
