package io.vaultmesh.remembrancer;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.log.LogStore;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code memory.json}: what makes a directory a memory.
 *
 * @param name what the memory is called; the origin of its logs begins with it
 * @param author the did:key of its author key
 * @param logKey the did:key of its log key
 */
record MemoryFile(String name, String author, String logKey) {

    static final String FILE = "memory.json";

    private static final long FORMAT = 1;
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[A-Za-z0-9._-]+)*");

    MemoryFile {
        name = requireName(name);
    }

    static String requireName(String name) {
        if (name.length() > 200 || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name of a memory is \"" + name
                    + "\", expected a host name that its owner controls, and path parts, as example.com/memory");
        }
        return name;
    }

    static Optional<MemoryFile> read(Path directory) {
        return LogStore.directory(directory).read(FILE).map(bytes -> parse(bytes, directory.resolve(FILE)));
    }

    private static MemoryFile parse(byte[] bytes, Path file) {
        try {
            JsonObject json = StrictJson.parseObject(bytes, FILE).only("format", "name", "author", "logKey");
            if (json.integer("format") != FORMAT) {
                throw new IllegalArgumentException("format is " + json.integer("format") + ", expected " + FORMAT);
            }
            return new MemoryFile(json.string("name"), json.string("author"), json.string("logKey"));
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(file + ": " + e.getMessage(), e);
        }
    }

    void write(Path directory) {
        JsonObject json = JsonObject.builder()
                .put("format", FORMAT)
                .put("name", name)
                .put("author", author)
                .put("logKey", logKey)
                .build();
        LogStore.directory(directory).writeIfAbsent(FILE, CanonicalJson.encode(json));
    }
}
