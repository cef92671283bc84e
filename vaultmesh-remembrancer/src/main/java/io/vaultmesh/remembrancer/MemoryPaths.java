package io.vaultmesh.remembrancer;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;

/** Where things are in the directory of a memory. */
final class MemoryPaths {

    static final String KEYS = "keys";
    static final String NAMESPACES = "namespaces";

    private MemoryPaths() {}

    static Path namespace(Path memory, NamespaceName name) {
        return memory.resolve(NAMESPACES).resolve(name.pathName());
    }

    static Path log(Path memory, NamespaceName name) {
        return namespace(memory, name).resolve("log");
    }

    static Path bodies(Path memory, NamespaceName name) {
        return namespace(memory, name).resolve("bodies");
    }

    static Path index(Path memory, NamespaceName name) {
        return namespace(memory, name).resolve("index.db");
    }

    static Path authors(Path memory, NamespaceName name) {
        return namespace(memory, name).resolve("authors");
    }
}
