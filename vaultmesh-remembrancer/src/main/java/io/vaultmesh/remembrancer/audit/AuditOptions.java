package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.anchor.AttestationVerifier;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What an audit is to do beyond replaying the memory. The methods return changed copies.
 *
 * @param pinned checkpoints that were pinned elsewhere; the list is copied
 * @param verifiers know the targets in which checkpoints are anchored; the list is copied
 * @param progress is told how far the audit is
 */
public record AuditOptions(List<PinnedCheckpoint> pinned, List<AttestationVerifier> verifiers, AuditProgress progress) {

    /**
     * Creates options.
     *
     * @param pinned checkpoints that were pinned elsewhere; the list is copied
     * @param verifiers know the targets in which checkpoints are anchored; the list is copied
     * @param progress is told how far the audit is
     * @throws IllegalArgumentException if two know a target of one name
     */
    public AuditOptions {
        pinned = List.copyOf(pinned);
        verifiers = List.copyOf(verifiers);
        Set<String> names = new HashSet<>();
        for (AttestationVerifier verifier : verifiers) {
            if (!names.add(verifier.name())) {
                throw new IllegalArgumentException(
                        "two verifiers know " + verifier.name() + ", expected one for each target");
            }
        }
        requireNonNull(progress, "progress");
    }

    /**
     * The options of an audit that only replays.
     *
     * @return no pinned checkpoint, no verifier, and nobody who is told
     */
    public static AuditOptions defaults() {
        return new AuditOptions(List.of(), List.of(), (namespace, checked, total) -> {});
    }

    /**
     * Adds a checkpoint that was pinned elsewhere: the log that it is of must hold all that it held then.
     *
     * @param checkpoint the checkpoint
     * @return the changed copy
     */
    public AuditOptions pinned(PinnedCheckpoint checkpoint) {
        List<PinnedCheckpoint> more = new ArrayList<>(pinned);
        more.add(checkpoint);
        return new AuditOptions(more, verifiers, progress);
    }

    /**
     * Adds who knows a target: what is anchored there must be published there. Targets that nobody knows are not checked.
     *
     * @param verifier knows the target, such as the scheduler's anchor of it
     * @return the changed copy
     * @throws IllegalArgumentException if one of that name was added before
     */
    public AuditOptions verifier(AttestationVerifier verifier) {
        List<AttestationVerifier> more = new ArrayList<>(verifiers);
        more.add(verifier);
        return new AuditOptions(pinned, more, progress);
    }

    /**
     * Has somebody told how far the audit is.
     *
     * @param listener who is told
     * @return the changed copy
     */
    public AuditOptions progress(AuditProgress listener) {
        return new AuditOptions(pinned, verifiers, listener);
    }
}
