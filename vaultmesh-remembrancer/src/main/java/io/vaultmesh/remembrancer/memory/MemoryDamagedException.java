package io.vaultmesh.remembrancer.memory;

/**
 * What a memory's directory holds contradicts itself: a file was removed or changed from outside. Nothing was written.
 * The message names the file and what was expected of it.
 */
public final class MemoryDamagedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message the file, what was wrong with it, and what was expected
     */
    public MemoryDamagedException(String message) {
        super(message);
    }

    /**
     * Creates the exception.
     *
     * @param message the file, what was wrong with it, and what was expected
     * @param cause why it could not be read
     */
    public MemoryDamagedException(String message, Throwable cause) {
        super(message, cause);
    }
}
