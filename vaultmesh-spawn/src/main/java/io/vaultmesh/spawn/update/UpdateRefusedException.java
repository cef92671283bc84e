package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

/**
 * A service can't be updated as it is; no file of it was changed. The message names what is in the way, and says what to
 * do.
 */
public final class UpdateRefusedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** What is in the way. */
    public enum Reason {
        /** The archive of the files as they were generated is not the one that the manifest names. */
        BASE_DAMAGED,
        /** There is no such archive, and git doesn't have all of those files either. */
        BASE_MISSING,
        /** A key is trusted, and it didn't sign this manifest; or it is signed, and there is no signer for the new one. */
        SEAL,
        /** Conflicts of an update before are not settled. */
        UNRESOLVED,
        /** Another update is going on. */
        LOCKED,
        /** An update was interrupted, and a dry run doesn't take it back. */
        INTERRUPTED,
        /** What an interrupted update left can't be read. */
        JOURNAL_DAMAGED,
        /** An update was interrupted, and somebody else changed the manifest since, or what goes with it. */
        JOURNAL_STALE,
        /**
         * A symbolic link leads out of the service, or files lie behind one; or where the update has its own files, there is
         * something else.
         */
        LINK,
        /** A file lies where the templates need a directory. */
        BLOCKED,
        /** Somebody else changed a file while it was updated. */
        CHANGED
    }

    /** What is in the way. */
    private final Reason reason;

    UpdateRefusedException(Reason reason, String message) {
        super(message);
        this.reason = requireNonNull(reason, "reason");
    }

    UpdateRefusedException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason, "reason");
    }

    /**
     * What is in the way.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
