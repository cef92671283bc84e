package io.vaultmesh.federation.config;

import java.io.Serial;

/**
 * A file of an operator is not what it should be; nothing of it was used. The message begins with file, line and column,
 * and says what was wrong and what was expected.
 */
public final class ConfigException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }
}
