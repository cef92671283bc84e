package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import java.util.function.Function;

/**
 * A log that checkpoints may have been pinned of.
 *
 * @param key its public key, whose name is its origin
 * @param continues whether the log still holds all that it held at a checkpoint
 */
public record AuditedLog(NoteVerifier key, Function<TrustedCheckpoint, Verdict> continues) {

    /**
     * Creates a value.
     *
     * @param key its public key, whose name is its origin
     * @param continues whether the log still holds all that it held at a checkpoint
     */
    public AuditedLog {
        requireNonNull(key, "key");
        requireNonNull(continues, "continues");
    }
}
