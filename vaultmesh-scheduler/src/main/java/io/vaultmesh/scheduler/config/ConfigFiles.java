package io.vaultmesh.scheduler.config;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The bytes of {@code namespaces.yaml} and {@code anchors.yaml} as they were read (docs/FORMATS.md). They are read one after the
 * other: who replaces both may be seen between the two. Immutable and thread-safe.
 */
public final class ConfigFiles {

    private final Path namespaces;
    private final Path anchors;
    private final byte[] namespacesBytes;
    private final byte[] anchorsBytes;

    private ConfigFiles(Path namespaces, byte[] namespacesBytes, Path anchors, byte[] anchorsBytes) {
        this.namespaces = namespaces;
        this.namespacesBytes = namespacesBytes;
        this.anchors = anchors;
        this.anchorsBytes = anchorsBytes;
    }

    /**
     * Reads both files. Of one that is longer than a file may be, no more is read than shows that.
     *
     * @param namespaces the file of namespaces
     * @param anchors the file of targets
     * @return their bytes
     * @throws UncheckedIOException if one isn't there, or can't be read
     */
    public static ConfigFiles read(Path namespaces, Path anchors) {
        return of(namespaces, bytes(namespaces), anchors, bytes(anchors));
    }

    static ConfigFiles of(Path namespaces, byte[] namespacesBytes, Path anchors, byte[] anchorsBytes) {
        return new ConfigFiles(
                namespaces.toAbsolutePath(), namespacesBytes.clone(), anchors.toAbsolutePath(), anchorsBytes.clone());
    }

    private static byte[] bytes(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(YamlReader.MOST_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    /**
     * The identity of what both files say.
     *
     * @return the SHA-256 of the 64 bytes that are the SHA-256 of the file of namespaces, and that of the file of targets
     */
    public Hash hash() {
        byte[] both = new byte[2 * Hash.LENGTH];
        Hashing.sha256(namespacesBytes).write(both, 0);
        Hashing.sha256(anchorsBytes).write(both, Hash.LENGTH);
        return Hashing.sha256(both);
    }

    /**
     * What the files say.
     *
     * @param types the types of targets that somebody can make, each with the keys of its settings
     * @param environment gives the variables of the environment
     * @return it, with what is left out: {@link FileConfig} says where the line is
     * @throws ConfigException if a file is refused as a whole
     */
    public FileConfig parse(Map<String, Set<String>> types, Function<String, Optional<String>> environment) {
        AnchorsYaml targets = AnchorsYaml.read(
                YamlReader.parse(name(anchors), anchorsBytes),
                requireNonNull(anchors.getParent(), "the directory of a file"),
                types,
                environment);
        return NamespacesYaml.read(YamlReader.parse(name(namespaces), namespacesBytes), targets);
    }

    /**
     * The error of files in which no namespace is left.
     *
     * @param leftOut why each namespace is left out
     * @return an exception that names the first reason
     */
    public ConfigException empty(Map<String, String> leftOut) {
        return new Place(name(namespaces), 1, 1, "")
                .wrong("leaves nothing to anchor, expected at least one namespace"
                        + leftOut.values().stream()
                                .findFirst()
                                .map(reason -> "; left out: " + reason)
                                .orElse(""));
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
