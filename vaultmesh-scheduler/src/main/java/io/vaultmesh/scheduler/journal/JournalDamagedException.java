package io.vaultmesh.scheduler.journal;

/**
 * A journal has something that no crash leaves behind. Nothing is anchored by it; the message says what is wrong, where, and
 * what to do.
 */
public final class JournalDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalDamagedException(String where, String what) {
        super("the journal " + where + " is damaged: " + what
                + "; nothing is anchored. Look at the file. To go on without"
                + " it, move it away and start again: what was under way is prepared anew, and may so be published twice;"
                + " what the memory has recorded is not touched");
    }
}
