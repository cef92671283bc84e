package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The real file system. */
final class FileDisk implements Disk {

    private final Path root;
    private final Set<String> lasting = ConcurrentHashMap.newKeySet(); // directories that were made and forced

    FileDisk(Path root) {
        this.root = root;
    }

    private Path at(String path) {
        return path.isEmpty() ? root : root.resolve(path);
    }

    @Override
    public String name(String path) {
        return at(path).toString();
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        Path file = at(path);
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new IOException("it is no regular file"); // a pipe would be waited for, a device never end
            }
            return Optional.of(Files.readAllBytes(file)); // not interruptible, though it reads by a channel
        } catch (NoSuchFileException | FileNotFoundException absent) {
            return Optional.empty();
        }
    }

    @Override
    public File open(String path) throws IOException {
        return new ChannelFile(at(path), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void createDirectories(String directory) throws IOException {
        if (lasting.contains(directory)) {
            return;
        }
        createDirectories(at(directory));
        if (!directory.isEmpty()) {
            // one that is there may be of a process that died before it forced it
            String above = directory.substring(0, Math.max(0, directory.lastIndexOf('/')));
            createDirectories(above);
            force(above);
        }
        lasting.add(directory);
    }

    static void createDirectories(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path above = requireNonNull(directory.toAbsolutePath().getParent());
        createDirectories(above);
        Files.createDirectories(directory);
        force(above);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void delete(String path) throws IOException {
        lasting.remove(path);
        Files.deleteIfExists(at(path));
    }

    @Override
    public void force(String directory) throws IOException {
        force(at(directory));
    }

    static void force(Path directory) throws IOException {
        try (ChannelFile file = new ChannelFile(directory, StandardOpenOption.READ)) {
            file.force();
        }
    }

    @Override
    public void each(Collection<String> paths, Consumer<String> action) {
        FilePool.each(paths, action);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(at(directory), Files::isRegularFile)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (NoSuchFileException | NotDirectoryException absent) {
            return List.of();
        }
        return names;
    }
}
