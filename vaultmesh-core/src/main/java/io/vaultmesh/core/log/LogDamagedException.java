package io.vaultmesh.core.log;

/**
 * What is on disk, or what a server shows, contradicts itself, the key, or what a reader verified before: a log was
 * changed from outside, its disk is failing, or its owner shows different logs. Nothing was written; the log was not
 * opened. The message names the file and what was expected of it, or has both checkpoints. Restore the directory from a
 * copy, or examine it with {@link LogReader#fsck()}.
 */
public final class LogDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the file, what was wrong with it, and what was expected
     */
    public LogDamagedException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message the file, what was wrong with it, and what was expected
     * @param cause why it is not as expected
     */
    public LogDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
