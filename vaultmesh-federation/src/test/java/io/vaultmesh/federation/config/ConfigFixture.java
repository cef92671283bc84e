package io.vaultmesh.federation.config;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.federation.peer.PeerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.function.Executable;

/** Files of an operator, and what is said of bad ones. */
final class ConfigFixture {

    private static final Map<Integer, Ed25519PublicKey> KEYS = new ConcurrentHashMap<>();

    private ConfigFixture() {}

    static Ed25519PublicKey key(int number) {
        return KEYS.computeIfAbsent(number, ConfigFixture::derive);
    }

    private static Ed25519PublicKey derive(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return Ed25519PrivateKey.ofSeed(seed).publicKey();
    }

    static PeerId id(int number) {
        return PeerId.of(key(number));
    }

    static String resource(String name) {
        try (InputStream in = ConfigFixture.class.getResourceAsStream("/config/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @CanIgnoreReturnValue
    static Path copy(String resource, Path directory) {
        return write(directory.resolve(Path.of(resource).getFileName()), resource(resource));
    }

    @CanIgnoreReturnValue
    static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String formats() {
        try {
            return Files.readString(Path.of(System.getProperty("module.dir"), "..", "docs", "FORMATS.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String refusal(Executable reading) {
        return assertThrows(ConfigException.class, reading).getMessage();
    }
}
