package io.vaultmesh.core.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/** A real directory on a disk that refuses the operations that a test names: {@code force} of {@code journal/…}, say. */
final class RefusingDisk implements Disk {

    private final Disk disk;
    private volatile BiPredicate<String, String> refused = (operation, path) -> false;

    RefusingDisk(Path root) {
        disk = Disk.at(root);
    }

    void refuse(BiPredicate<String, String> operationAndPath) {
        refused = operationAndPath;
    }

    void refuseNothing() {
        refused = (operation, path) -> false;
    }

    private void ask(String operation, String path) throws IOException {
        if (refused.test(operation, path)) {
            throw new IOException("No " + operation + " here");
        }
    }

    @Override
    public Optional<byte[]> read(String path) throws IOException {
        ask("read", path);
        return disk.read(path);
    }

    @Override
    public File open(String path) throws IOException {
        ask("open", path);
        File file = disk.open(path);
        return new File() {
            @Override
            public long length() throws IOException {
                return file.length();
            }

            @Override
            public void read(ByteBuffer to, long position) throws IOException {
                file.read(to, position);
            }

            @Override
            public void write(ByteBuffer from, long position) throws IOException {
                ask("write", path);
                file.write(from, position);
            }

            @Override
            public void truncate(long length) throws IOException {
                ask("truncate", path);
                file.truncate(length);
            }

            @Override
            public void force() throws IOException {
                ask("force", path);
                file.force();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    @Override
    public void createDirectories(String directory) throws IOException {
        ask("createDirectories", directory);
        disk.createDirectories(directory);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        ask("rename", from);
        disk.rename(from, to);
    }

    @Override
    public void delete(String path) throws IOException {
        ask("delete", path);
        disk.delete(path);
    }

    @Override
    public void force(String directory) throws IOException {
        ask("forceDirectory", directory);
        disk.force(directory);
    }

    @Override
    public void each(Collection<String> paths, Consumer<String> action) {
        disk.each(paths, action);
    }

    @Override
    public List<String> list(String directory) throws IOException {
        ask("list", directory);
        return disk.list(directory);
    }

    @Override
    public String name(String path) {
        return disk.name(path);
    }
}
