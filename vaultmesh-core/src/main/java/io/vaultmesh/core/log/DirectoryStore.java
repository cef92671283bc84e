package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A directory that any static web server can serve as a C2SP tlog-tiles log. Each file is written aside, forced to the
 * disk, and moved into place, and its directory is forced too, so that a reader or a crash never meets a part of one.
 */
final class DirectoryStore implements LogStore {

    static final String ASIDE = ".part";

    private final Disk disk;

    DirectoryStore(Path root) {
        this(Disk.at(root));
    }

    DirectoryStore(Disk disk) {
        this.disk = disk;
    }

    Disk disk() {
        return disk;
    }

    /** A path, which must not lead out of the root. */
    private static String requirePath(String path) {
        Path relative = Path.of(path);
        if (path.isEmpty()
                || relative.isAbsolute()
                || !relative.normalize().toString().replace('\\', '/').equals(path)
                || relative.startsWith("..")) {
            throw new IllegalArgumentException("path is \"" + path + "\", expected one below the store's directory");
        }
        return path;
    }

    private static String directoryOf(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return disk.read(requirePath(path));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + disk.name(path) + ": " + e, e);
        }
    }

    @Override
    public synchronized void writeIfAbsent(String path, byte[] content) {
        writeAllIfAbsent(Map.of(path, content));
    }

    @Override
    public synchronized void writeAllIfAbsent(Map<String, byte[]> files) {
        Map<String, byte[]> absent = new LinkedHashMap<>();
        files.forEach((path, content) -> {
            Optional<byte[]> old = read(path);
            if (old.isEmpty()) {
                absent.put(path, content);
            } else if (!Arrays.equals(old.get(), content)) {
                throw new LogDamagedException(
                        disk.name(path) + " exists with other content than is to be written; it was left as it is");
            }
        });
        write(absent);
        // also of files that are there: a crash or a failure may have come between their renaming and this
        force(files);
    }

    @Override
    public synchronized void replaceCheckpoint(Optional<byte[]> expected, byte[] next) {
        Optional<byte[]> old = read(CHECKPOINT);
        Map<String, byte[]> checkpoint = Map.of(CHECKPOINT, next);
        // it may be in its place already, and only be forced: the disk may have refused that the last time
        if (!Arrays.equals(old.orElse(null), next)) {
            if (!Arrays.equals(old.orElse(null), expected.orElse(null))) {
                throw new LogDamagedException(disk.name(CHECKPOINT)
                        + " is not the one that this writer knows; does another process write here?");
            }
            write(checkpoint);
        }
        force(checkpoint);
    }

    void write(Map<String, byte[]> files) {
        Set<String> directories = new LinkedHashSet<>();
        files.keySet().forEach(path -> directories.add(directoryOf(requirePath(path))));
        for (String directory : directories) {
            try {
                disk.createDirectories(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("can't write " + disk.name(directory) + ": " + e, e);
            }
        }
        disk.each(files.keySet(), path -> write(path, requireNonNull(files.get(path))));
    }

    private void force(Map<String, byte[]> files) {
        Set<String> directories = new TreeSet<>();
        files.keySet().forEach(path -> directories.add(directoryOf(path)));
        for (String directory : directories) {
            try {
                disk.force(directory);
            } catch (IOException e) {
                throw new UncheckedIOException("can't write " + disk.name(directory) + ": " + e, e);
            }
        }
    }

    private void write(String path, byte[] content) {
        String aside = path + ASIDE;
        try {
            try (Disk.File file = disk.open(aside)) {
                file.truncate(0);
                file.write(ByteBuffer.wrap(content), 0);
                file.force();
            }
            disk.rename(aside, path);
        } catch (IOException e) {
            deleteAfter(e, aside);
            throw new UncheckedIOException("can't write " + disk.name(path) + ": " + e, e);
        }
    }

    /** What is left of a failed write must not take the space that the next one needs. */
    private void deleteAfter(IOException failure, String aside) {
        try {
            disk.delete(aside);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public List<String> list(String directory) {
        return names(directory).stream().filter(name -> !name.endsWith(ASIDE)).toList();
    }

    private List<String> names(String directory) {
        try {
            return disk.list(requirePath(directory));
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + disk.name(directory) + ": " + e, e);
        }
    }

    @Override
    public synchronized void delete(String path) {
        String directory = directoryOf(requirePath(path));
        if (directory.isEmpty()) {
            throw new IllegalArgumentException("path is \"" + path + "\", expected that of a partial tile or bundle");
        }
        try {
            disk.delete(path);
            if (list(directory).isEmpty()) {
                // what a crash left aside would keep the directory, and fail each publication
                for (String leftAside : names(directory)) {
                    disk.delete(directory + "/" + leftAside);
                }
                disk.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + disk.name(path) + ": " + e, e);
        }
    }
}
