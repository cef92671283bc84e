package io.vaultmesh.federation.wire;

import java.io.Serial;

/** What a peer sent is not what it should be; nothing of it was used. The message names what was expected. */
public final class WireException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /**
     * Creates an exception.
     *
     * @param message what was wrong, and what was expected
     */
    public WireException(String message) {
        super(message);
    }
}
