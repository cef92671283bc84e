package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;

/**
 * What an audit is to do beyond replaying the memory. The methods return changed copies.
 *
 * @param pinned checkpoints that were pinned elsewhere; the list is copied
 * @param progress is told how far the audit is
 */
public record AuditOptions(List<PinnedCheckpoint> pinned, AuditProgress progress) {

    /**
     * Creates options.
     *
     * @param pinned checkpoints that were pinned elsewhere; the list is copied
     * @param progress is told how far the audit is
     */
    public AuditOptions {
        pinned = List.copyOf(pinned);
        requireNonNull(progress, "progress");
    }

    /**
     * The options of an audit that only replays.
     *
     * @return no pinned checkpoint, and nobody who is told
     */
    public static AuditOptions defaults() {
        return new AuditOptions(List.of(), (namespace, checked, total) -> {});
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
        return new AuditOptions(more, progress);
    }

    /**
     * Has somebody told how far the audit is.
     *
     * @param listener who is told
     * @return the changed copy
     */
    public AuditOptions progress(AuditProgress listener) {
        return new AuditOptions(pinned, listener);
    }
}
