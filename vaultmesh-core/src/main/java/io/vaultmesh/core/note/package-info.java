/**
 * C2SP signed notes and cosignatures: short texts with signatures that any client of the transparency ecosystem verifies.
 * Flows in: text and keys. Flows out: {@link io.vaultmesh.core.note.SignedNote}s and verdicts about them.
 */
@CheckReturnValue
@NullMarked
package io.vaultmesh.core.note;

import io.vaultmesh.core.check.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
