package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.merkle.CompactRange;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A directory that any static web server can serve as a C2SP tlog-tiles log. Each file is written aside, forced to the
 * disk, and moved into place, and its directory is forced too, so that a reader or a crash never meets a part of one.
 */
final class DirectoryStore implements LogStore {

    static final String ASIDE = ".part";

    private final Path root;

    DirectoryStore(Path root) {
        this.root = root;
    }

    /** Where a path lies, which must not lead out of the root. */
    private Path at(String path) {
        Path relative = Path.of(path);
        if (path.isEmpty()
                || relative.isAbsolute()
                || !relative.normalize().toString().equals(path)
                || relative.startsWith("..")) {
            throw new IllegalArgumentException("path is \"" + path + "\", expected one below the store's directory");
        }
        return root.resolve(relative);
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return Optional.of(Files.readAllBytes(at(path)));
        } catch (NoSuchFileException | FileNotFoundException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + at(path) + ": " + e, e);
        }
    }

    /** How many entries there are, published and in the journal, if that continues what is published. */
    long journaled(CompactRange published) {
        try {
            byte[] journal = read(Journal.FILE).orElse(new byte[0]);
            return new JournalReader(root.resolve(Journal.FILE), journal, published.copy())
                            .read().groups().stream()
                                    .mapToLong(group -> group.entries().size())
                                    .sum()
                    + published.size();
        } catch (LogDamagedException goesOnNowhere) {
            return published.size();
        }
    }

    @Override
    public synchronized void writeIfAbsent(String path, byte[] content) {
        Optional<byte[]> old = read(path);
        if (old.isEmpty()) {
            write(path, content);
        } else if (!Arrays.equals(old.get(), content)) {
            throw new LogDamagedException(
                    at(path) + " exists with other content than is to be written; it was left as it is");
        }
    }

    @Override
    public synchronized void replaceCheckpoint(Optional<byte[]> expected, byte[] next) {
        Optional<byte[]> old = read(CHECKPOINT);
        if (!Arrays.equals(old.orElse(null), expected.orElse(null))) {
            throw new LogDamagedException(root.resolve(CHECKPOINT)
                    + " is not the one that this writer knows; does another process write here?");
        }
        write(CHECKPOINT, next);
    }

    void write(String path, byte[] content) {
        Path target = at(path);
        Path directory = requireNonNull(target.getParent());
        Path aside = target.resolveSibling(target.getFileName() + ASIDE);
        try {
            createDirectories(directory);
            try (FileOutputStream out = new FileOutputStream(aside.toFile())) { // no channel: interrupts close those
                out.write(content);
                out.getFD().sync();
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            force(directory);
        } catch (IOException e) {
            deleteAfter(e, aside);
            throw new UncheckedIOException("can't write " + target + ": " + e, e);
        }
    }

    /** What is left of a failed write must not take the space that the next one needs. */
    private static void deleteAfter(IOException failure, Path aside) {
        try {
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** Creates a directory and those above it, and makes each of them last. */
    static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path above = requireNonNull(directory.toAbsolutePath().getParent());
        createDirectories(above);
        Files.createDirectories(directory);
        force(above);
    }

    /** Makes the names in a directory last, in a thread that is interrupted too; it stays so. */
    static void force(Path directory) throws IOException {
        boolean interrupted = false;
        try {
            while (true) {
                try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
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

    @Override
    public List<String> list(String directory) {
        return names(directory).stream().filter(name -> !name.endsWith(ASIDE)).toList();
    }

    private List<String> names(String directory) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(at(directory), Files::isRegularFile)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + at(directory) + ": " + e, e);
        }
        return names;
    }

    @Override
    public synchronized void delete(String path) {
        Path file = at(path);
        String directory = path.substring(0, Math.max(0, path.lastIndexOf('/')));
        if (directory.isEmpty()) {
            throw new IllegalArgumentException("path is \"" + path + "\", expected that of a partial tile or bundle");
        }
        try {
            Files.deleteIfExists(file);
            if (list(directory).isEmpty()) {
                // what a crash left aside would keep the directory, and fail each publication
                for (String leftAside : names(directory)) {
                    Files.deleteIfExists(file.resolveSibling(leftAside));
                }
                Files.deleteIfExists(file.getParent());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + file + ": " + e, e);
        }
    }
}
