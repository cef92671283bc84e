package io.vaultmesh.core.log;

/**
 * What is on disk contradicts itself or the key: a log was changed from outside, or its disk is failing. Nothing was
 * written; the log was not opened. The message names the file and what was expected of it. Restore the directory from a
 * copy, or examine it with {@link LogReader#fsck()}.
 */
public final class LogDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LogDamagedException(String message) {
        super(message);
    }

    LogDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
