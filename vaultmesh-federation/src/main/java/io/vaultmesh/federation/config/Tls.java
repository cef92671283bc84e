package io.vaultmesh.federation.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a node's certificate is. Immutable and thread-safe.
 *
 * @param keystore the PKCS #12 file with its certificate and private key; it isn't opened here
 * @param passwordFile the file with the keystore's password; empty if the caller gives that
 */
public record Tls(Path keystore, Optional<Path> passwordFile) {

    /**
     * Creates it.
     *
     * @param keystore the PKCS #12 file with its certificate and private key; it isn't opened here
     * @param passwordFile the file with the keystore's password; empty if the caller gives that
     */
    public Tls {
        requireNonNull(keystore, "keystore");
        requireNonNull(passwordFile, "passwordFile");
    }
}
