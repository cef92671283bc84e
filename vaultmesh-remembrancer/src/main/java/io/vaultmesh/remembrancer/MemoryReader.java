package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads a memory beside the process that writes it, or without one. It changes nothing, needs no private key, and takes no
 * lock, so there may be any number of readers.
 *
 * <p>What it verifies is verified under the public keys in the memory's directory. Who doesn't trust that directory compares
 * {@link NamespaceReader#checkpoint} with one of another source.
 *
 * <p>Thread-safe.
 */
public final class MemoryReader implements AutoCloseable {

    private final Path directory;
    private final MemoryFile file;
    private final NamespaceRegistry registry;
    private final Map<String, NamespaceReader> open = new TreeMap<>(); // guarded by this
    private boolean closed; // guarded by this

    private MemoryReader(Path directory, MemoryFile file) {
        this.directory = directory;
        this.file = file;
        this.registry = new NamespaceRegistry(directory);
    }

    static MemoryReader open(Path directory) {
        return new MemoryReader(
                directory,
                MemoryFile.read(directory)
                        .orElseThrow(() -> new IllegalArgumentException(
                                directory + " has no " + MemoryFile.FILE + ", expected the directory of a memory")));
    }

    /**
     * The memory's name, with which the origins of its logs begin.
     *
     * @return the name
     */
    public String name() {
        return file.name();
    }

    /**
     * The namespaces that the memory has.
     *
     * @return their names, sorted
     * @throws MemoryDamagedException if one of the registered names is not legal
     */
    public List<NamespaceName> namespaces() {
        return registry.names();
    }

    /**
     * A namespace.
     *
     * @param name its name
     * @return the namespace, closed with this reader
     * @throws IllegalArgumentException if the name is not legal, or the memory has no such namespace
     * @throws IllegalStateException if the reader is closed
     * @throws MemoryDamagedException if its registered key is not one
     */
    public synchronized NamespaceReader namespace(String name) {
        if (closed) {
            throw new IllegalStateException("the reader of " + directory + " is closed");
        }
        return open.computeIfAbsent(new NamespaceName(requireNonNull(name, "name")).value(), this::read);
    }

    private NamespaceReader read(String value) {
        NamespaceName name = new NamespaceName(value);
        NoteVerifier logKey = registry.key(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "memory " + file.name() + " has no namespace " + name + ", expected one of " + namespaces()));
        return new NamespaceReader(
                name,
                MerkleLog.read(MemoryPaths.log(directory, name), logKey),
                logKey,
                new BodyStore(MemoryPaths.bodies(directory, name)),
                MemoryIndex.readSqlite(MemoryPaths.index(directory, name), logKey.name()));
    }

    /** Closes every namespace. Closing it twice does nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(NamespaceReader::close);
    }
}
