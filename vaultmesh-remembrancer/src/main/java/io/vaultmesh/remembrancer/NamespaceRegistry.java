package io.vaultmesh.remembrancer;

import io.vaultmesh.core.log.LogStore;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which namespaces a memory has: for each, the public key of its log in a file of its own, beside the logs. It is
 * written before the first record, so that a log that is gone later is missed and no second one is begun under its key.
 */
final class NamespaceRegistry {

    static final String DIRECTORY = "verifiers";

    private static final String SUFFIX = ".vkey";

    /** What a file system takes as a name, without the endings of a registration and of one that is being written. */
    private static final int LONGEST = 255 - SUFFIX.length() - ".part".length();

    private final LogStore files;

    NamespaceRegistry(Path memory) {
        this.files = LogStore.directory(memory);
    }

    /** Returns a name if there can be a registration that is called so. */
    static NamespaceName requireFits(NamespaceName name) {
        int length = name.pathName().length();
        if (length > LONGEST) {
            throw new IllegalArgumentException("namespace is of " + length + " characters, expected at most " + LONGEST
                    + ", since files are named after it: " + name);
        }
        return name;
    }

    private static String path(NamespaceName name) {
        return DIRECTORY + "/" + name.pathName() + SUFFIX;
    }

    /** Whether the namespace is registered, with this key. */
    boolean has(NamespaceName name, NoteVerifier logKey) {
        Optional<String> text = files.read(path(name)).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (text.isPresent() && !text.get().equals(line(logKey))) {
            throw new MemoryDamagedException(
                    path(name) + " is \"" + text.get().strip() + "\", expected " + logKey.toText());
        }
        return text.isPresent();
    }

    /** The key with which the namespace is registered, if it is. */
    Optional<NoteVerifier> key(NamespaceName name) {
        try {
            return files.read(path(name))
                    .map(bytes -> NoteVerifier.of(new String(bytes, StandardCharsets.UTF_8).strip()));
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(path(name) + ": " + e.getMessage(), e);
        }
    }

    void add(NamespaceName name, NoteVerifier logKey) {
        files.writeIfAbsent(path(name), line(logKey).getBytes(StandardCharsets.UTF_8));
    }

    private static String line(NoteVerifier logKey) {
        return logKey.toText() + "\n";
    }

    /** The path names of the registered namespaces, and the names of files that are no registration. */
    List<String> pathNames() {
        return files.list(DIRECTORY).stream()
                .map(name -> name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name)
                .toList();
    }

    /**
     * The namespaces that a memory has, the main one among them, sorted.
     *
     * @throws MemoryDamagedException if a registered name is not legal
     */
    List<NamespaceName> names() {
        SortedMap<String, NamespaceName> names = new TreeMap<>(Map.of(NamespaceName.MAIN.value(), NamespaceName.MAIN));
        for (String pathName : pathNames()) {
            try {
                NamespaceName name = NamespaceName.ofPathName(pathName);
                names.put(name.value(), name);
            } catch (IllegalArgumentException e) {
                throw new MemoryDamagedException(DIRECTORY + ": " + e.getMessage(), e);
            }
        }
        return List.copyOf(names.values());
    }
}
