package io.vaultmesh.remembrancer.disk;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes files and the names of directories outlast a loss of power. Only for other modules of the library. Thread-safe. */
public final class Durable {

    private Durable() {}

    /**
     * Makes a directory, and those above it that are absent, so that their names last.
     *
     * @param directory the directory; if it is there, nothing happens
     * @throws IOException if the disk refuses
     */
    public static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path above = requireNonNull(directory.toAbsolutePath().getParent());
        createDirectories(above);
        Files.createDirectories(directory);
        force(above);
    }

    /**
     * Forces to the disk what was written to a file, or the names in a directory. An interrupt closes the channel; it is
     * opened again, and the interrupt kept for later.
     *
     * @param path the file or directory, which exists
     * @throws IOException if the disk refuses
     */
    public static void force(Path path) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                    channel.force(true);
                    return;
                } catch (ClosedByInterruptException e) {
                    interrupted = Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
