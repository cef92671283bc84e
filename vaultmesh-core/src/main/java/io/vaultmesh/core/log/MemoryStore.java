package io.vaultmesh.core.log;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** A store that is gone with the process. */
final class MemoryStore implements LogStore {

    private final ConcurrentMap<String, byte[]> files = new ConcurrentHashMap<>();

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    @Override
    public void writeIfAbsent(String path, byte[] content) {
        byte[] old = files.putIfAbsent(path, content.clone());
        if (old != null && !Arrays.equals(old, content)) {
            throw new LogDamagedException(path + " exists with other content than is to be written");
        }
    }

    /** Keeps a new file without copying it: nobody changes the content. */
    void keep(String path, byte[] content) {
        files.put(path, content);
    }

    @Override
    public synchronized void replaceCheckpoint(Optional<byte[]> expected, byte[] next) {
        byte[] old = files.get(CHECKPOINT);
        if (!Arrays.equals(old, expected.orElse(null))) {
            throw new LogDamagedException("the checkpoint is not the one that this writer knows");
        }
        files.put(CHECKPOINT, next.clone());
    }

    @Override
    public List<String> list(String directory) {
        String prefix = directory + "/";
        return files.keySet().stream()
                .filter(path -> path.startsWith(prefix) && path.indexOf('/', prefix.length()) < 0)
                .map(path -> path.substring(prefix.length()))
                .toList();
    }

    @Override
    public void delete(String path) {
        files.remove(path);
    }
}
