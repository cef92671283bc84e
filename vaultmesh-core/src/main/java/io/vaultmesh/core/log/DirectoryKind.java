package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a directory is kept for: a log, a memory. Says which directories may be opened as such or become one, and which
 * hold something else and are left alone. Immutable and thread-safe.
 *
 * @param what what the directory holds, for messages, for example {@code "a log"}
 * @param marker the file that a finished one has
 * @param halfMade the files and directories that one may have that was never finished, besides the lock; the set is
 *     copied
 */
public record DirectoryKind(String what, String marker, Set<String> halfMade) {

    private static final int SHOWN = 10;

    /**
     * Creates a kind.
     *
     * @param what what the directory holds
     * @param marker the file that a finished one has
     * @param halfMade what one may have that was never finished
     */
    public DirectoryKind {
        requireNonNull(what, "what");
        requireNonNull(marker, "marker");
        halfMade = Set.copyOf(halfMade);
    }

    /**
     * Takes the writer's lock on a directory that is of this kind, or may become it: one that is absent, which is made,
     * or empty, or half made.
     *
     * @param directory the directory
     * @param mustExist whether only a finished one will do; then nothing is made
     * @return the lock, to be closed
     * @throws IllegalArgumentException if the directory holds something else, or must be finished and isn't
     * @throws IllegalStateException if somebody else holds the lock
     * @throws UncheckedIOException if the disk refuses
     */
    public WriterLock open(Path directory, boolean mustExist) {
        try {
            if (!Files.exists(directory) && !mustExist) {
                FileDisk.createDirectories(directory);
            }
            if (!Files.isDirectory(directory)) {
                throw new IllegalArgumentException(directory + (Files.exists(directory) ? " is a file" : " is absent")
                        + ", expected the directory of " + what);
            }
            if (!Files.exists(directory.resolve(marker))) {
                requireThatItMayBecomeOne(directory, mustExist);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't use " + directory + " for " + what + ": " + e, e);
        }
        return WriterLock.take(directory);
    }

    private void requireThatItMayBecomeOne(Path directory, boolean mustExist) throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.list(directory)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(WriterLock.FILE))
                    .sorted()
                    .limit(SHOWN)
                    .toList();
        }
        if (mustExist || !halfMade.containsAll(names)) {
            throw new IllegalArgumentException(directory + " holds " + (names.isEmpty() ? "nothing" : names)
                    + ", expected " + what + ", with a file " + marker + (mustExist ? "" : ", or an empty directory"));
        }
    }
}
