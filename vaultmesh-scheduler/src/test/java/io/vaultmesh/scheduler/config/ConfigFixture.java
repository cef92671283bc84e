package io.vaultmesh.scheduler.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Two files as texts, and what stands around them. */
final class ConfigFixture {

    static final Path DIRECTORY = Path.of("config").toAbsolutePath();
    static final String ANCHORS = "file:\n  disk:\n    path: a\n";
    static final String NAMESPACES = "namespaces:\n  main:\n    cadence: {fast: {every: 1h, target: \"file:disk\"}}\n";

    final Map<String, String> environment = new LinkedHashMap<>();
    final Map<String, Set<String>> types =
            new LinkedHashMap<>(Map.of("file", Set.of("path"), "rfc3161", Set.of("url", "policyOID", "trustBundle")));

    FileConfig parse(String namespaces, String anchors) {
        return parse(namespaces.getBytes(UTF_8), anchors.getBytes(UTF_8));
    }

    FileConfig parse(byte[] namespaces, byte[] anchors) {
        return ConfigFiles.of(
                        DIRECTORY.resolve("namespaces.yaml"), namespaces, DIRECTORY.resolve("anchors.yaml"), anchors)
                .parse(types, name -> Optional.ofNullable(environment.get(name)));
    }

    static String resource(String name) {
        try (InputStream in = ConfigFixture.class.getResourceAsStream("/config/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
