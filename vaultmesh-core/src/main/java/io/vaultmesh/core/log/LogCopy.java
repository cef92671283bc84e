package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Copies what a store has published to a directory: every file that its checkpoint promises, and the checkpoint last. */
final class LogCopy {

    private static final int BATCH = 64;

    private final LogStore from;
    private final DirectoryStore to;
    private final Map<String, byte[]> batch = new LinkedHashMap<>();

    private LogCopy(LogStore from, DirectoryStore to) {
        this.from = from;
        this.to = to;
    }

    /**
     * Copies. Nothing may be published meanwhile.
     *
     * @param from the store
     * @param published the checkpoint that it has
     * @param history every checkpoint that it had, this one last
     * @param target the directory, absent or empty
     */
    static void copy(LogStore from, TrustedCheckpoint published, @Nullable CheckpointHistory history, Path target) {
        requireEmpty(target);
        LogCopy copy = new LogCopy(from, new DirectoryStore(target));
        copy.files(published.size());
        if (history != null) {
            history.copyTo(copy.to.disk());
        }
        copy.to.replaceCheckpoint(Optional.empty(), published.note().bytes());
    }

    private static void requireEmpty(Path target) {
        try {
            FileDisk.createDirectories(target);
            try (Stream<Path> entries = Files.list(target)) {
                if (entries.findAny().isPresent()) {
                    throw new IllegalArgumentException(target + " is not empty, expected a directory for a copy");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy to " + target + ": " + e, e);
        }
    }

    private void files(long size) {
        for (int level = 0; TilePath.hashes(level, size) > 0; level++) {
            long hashes = TilePath.hashes(level, size);
            for (long number = 0; number * TilePath.WIDTH < hashes; number++) {
                int width = (int) Math.min(TilePath.WIDTH, hashes - number * TilePath.WIDTH);
                file(TilePath.tile(level, number, width));
                if (level == 0) {
                    file(TilePath.entries(number, width));
                }
            }
        }
        write();
    }

    private void file(String path) {
        batch.put(
                path,
                from.read(path)
                        .orElseThrow(() -> new LogDamagedException(
                                path + " is missing, expected what the published checkpoint promises")));
        if (batch.size() == BATCH) {
            write();
        }
    }

    private void write() {
        to.writeAllIfAbsent(batch);
        batch.clear();
    }
}
