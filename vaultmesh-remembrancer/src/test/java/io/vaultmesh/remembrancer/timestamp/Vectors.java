package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;

/** The published tokens, and what they stamp. */
final class Vectors {

    /** A moment after the own tokens were made. */
    static final InstantSource NOW = InstantSource.fixed(Instant.parse("2026-11-23T20:05:00Z"));

    private Vectors() {}

    static Path file(String name) {
        return Path.of(System.getProperty("module.dir", ""), "src/test/resources/vectors", name)
                .toAbsolutePath();
    }

    static byte[] bytes(String name) {
        try {
            return Files.readAllBytes(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TimestampResponse response(String name) {
        return TimestampResponse.parse(bytes(name));
    }

    static TimestampRequest request(String name) {
        return TimestampRequest.parse(bytes(name));
    }

    static Hash doc() {
        return Hashing.sha256(bytes("timestamps/doc"));
    }

    static Hash artifact() {
        return Hashing.sha256(bytes("original/test-app.tar.gz"));
    }

    static TimestampAnchor own() {
        return TimestampAnchor.of(bytes("timestamps/EC-root.pem"));
    }

    static TimestampAnchor freeTsa() {
        return TimestampAnchor.of(bytes("original/freetsa-root.pem"));
    }
}
