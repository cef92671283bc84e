package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Changes single files, each at once: whoever looks, at any time, sees the old one or the new one, whole. When a method
 * returns, that outlasts a loss of power, on file systems whose directories can be forced to the disk.
 */
final class SafeDisk {

    private final Path aside;
    private final Step step;

    /**
     * Takes where files are written before they are moved to their place: a path of this process alone, on the same file
     * system.
     */
    SafeDisk(Path aside, Step step) {
        this.aside = aside;
        this.step = step;
    }

    void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path above = requireNonNull(directory.getParent());
        createDirectories(above);
        step.before("make " + directory);
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw e;
            }
        }
        force(above);
    }

    /**
     * Writes a file with the permissions of the one that it replaces.
     *
     * @param permissions what a file gets that replaces none; those of any new file, if empty
     * @param guard is run at the last moment, and throws if the file must not be replaced
     */
    void put(Path target, FileVersion version, Optional<String> permissions, Runnable guard) throws IOException {
        Path directory = requireNonNull(target.getParent());
        createDirectories(directory);
        step.before("write " + target + " aside");
        Files.deleteIfExists(aside);
        Optional<String> wanted = Modes.of(target).or(() -> permissions);
        if (wanted.isEmpty()) {
            wanted = Modes.of(Files.createFile(aside));
            Files.delete(aside);
        }
        // nobody else's, nor a link to another file; and nobody else reads it while it is incomplete
        Path unused = Modes.createPrivate(aside);
        step.before("fill " + aside);
        try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
            out.write(version.content().bytes());
            out.getFD().sync();
        }
        Modes.set(aside, wanted, version.executable());
        move(aside, target, guard);
    }

    void move(Path from, Path to) throws IOException {
        move(from, to, () -> {});
    }

    private void move(Path from, Path to, Runnable guard) throws IOException {
        step.before("move " + from + " to " + to);
        guard.run();
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(requireNonNull(to.getParent()));
    }

    /** Deletes a file, and the directories that are empty then, up to one that stays. */
    void delete(Path file, Path root, Runnable guard) throws IOException {
        step.before("delete " + file);
        guard.run();
        Files.deleteIfExists(file);
        Path directory = requireNonNull(file.getParent());
        force(directory);
        while (!directory.equals(root) && isEmpty(directory)) {
            step.before("delete " + directory);
            Files.delete(directory);
            directory = requireNonNull(directory.getParent());
            force(directory);
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }

    private static void force(Path directory) throws IOException {
        // Windows opens no directory
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
