package io.vaultmesh.scheduler.config;

import java.io.Serial;

/**
 * A file of an operator is not what it should be. The message begins with file, line and column, names the key, and says what
 * was wrong and what was expected. It never shows what might be a secret.
 */
public final class ConfigException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    ConfigException(String message) {
        super(message);
    }
}
