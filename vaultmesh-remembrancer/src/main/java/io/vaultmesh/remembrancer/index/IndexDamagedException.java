package io.vaultmesh.remembrancer.index;

/**
 * The index's file was removed, replaced or changed from outside, or can't hold what it is given. No memory is lost:
 * {@link MemoryIndex#rebuild} makes a new one from the log.
 */
public sealed class IndexDamagedException extends RuntimeException permits IndexReplacedException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the file, and what is wrong with it
     */
    public IndexDamagedException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message the file, and what is wrong with it
     * @param cause how it was found
     */
    public IndexDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
