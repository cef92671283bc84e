package io.vaultmesh.core.log;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** A process that uses a simulated disk until it ends; from then on, every operation throws {@link Ended}. */
final class SimulatedProcess implements Disk {

    /** The process is gone: whoever sees this is a ghost. */
    static final class Ended extends Error {
        private static final long serialVersionUID = 1L;

        Ended() {
            super("the process has ended", null, false, false);
        }
    }

    private final SimulatedDisk disk; // its lock is held for every operation
    private final SplittableRandom random;
    private long operationsLeft;

    SimulatedProcess(SimulatedDisk disk, long operations, long seed) {
        this.disk = disk;
        this.operationsLeft = operations;
        this.random = new SplittableRandom(seed);
    }

    boolean hasEnded() {
        synchronized (disk) {
            return operationsLeft <= 0;
        }
    }

    void end() {
        synchronized (disk) {
            operationsLeft = 0;
        }
    }

    @CanIgnoreReturnValue
    private long tick() {
        if (operationsLeft <= 0 || --operationsLeft == 0) {
            throw new Ended();
        }
        return disk.tick();
    }

    private SimulatedDirectory directory(String path) {
        SimulatedDirectory at = disk.root();
        if (!path.isEmpty()) {
            for (String name : path.split("/")) {
                Object next = at == null ? null : at.get(name);
                at = next instanceof SimulatedDirectory directory ? directory : null;
            }
        }
        return at;
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private SimulatedDirectory existing(String path) throws IOException {
        SimulatedDirectory directory = directory(path);
        if (directory == null) {
            throw new FileNotFoundException(path + " is no directory");
        }
        return directory;
    }

    @Override
    public String name(String path) {
        return "disk/" + path;
    }

    @Override
    public Optional<byte[]> read(String path) {
        synchronized (disk) {
            tick();
            SimulatedDirectory directory = directory(above(path));
            return directory != null && directory.get(last(path)) instanceof SimulatedFile file
                    ? Optional.of(file.bytes())
                    : Optional.empty();
        }
    }

    @Override
    public File open(String path) throws IOException {
        synchronized (disk) {
            long now = tick();
            SimulatedDirectory directory = existing(above(path));
            if (directory.get(last(path)) == null) {
                directory.create(last(path), new SimulatedFile(), now);
            }
            return new OpenFile((SimulatedFile) directory.get(last(path)));
        }
    }

    @Override
    public void createDirectories(String path) throws IOException {
        synchronized (disk) {
            if (path.isEmpty()) {
                return;
            }
            createDirectories(above(path));
            SimulatedDirectory directory = existing(above(path));
            if (directory.get(last(path)) == null) {
                directory.create(last(path), new SimulatedDirectory(), tick());
            }
            if (!directory.isForced(last(path))) {
                tick();
                directory.force();
            }
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        synchronized (disk) {
            long now = tick();
            SimulatedDirectory directory = existing(above(from));
            if (directory.get(last(from)) == null || !above(from).equals(above(to))) {
                throw new IOException("can't rename " + from + " to " + to);
            }
            directory.rename(last(from), last(to), now);
        }
    }

    @Override
    public void delete(String path) throws IOException {
        synchronized (disk) {
            long now = tick();
            SimulatedDirectory directory = directory(above(path));
            Object node = directory == null ? null : directory.get(last(path));
            if (node instanceof SimulatedDirectory full && !full.isEmpty()) {
                throw new IOException(path + " is not empty");
            }
            if (node != null) {
                directory.delete(last(path), now);
            }
        }
    }

    @Override
    public void force(String path) throws IOException {
        synchronized (disk) {
            tick();
            existing(path).force();
        }
    }

    @Override
    public List<String> list(String path) {
        synchronized (disk) {
            tick();
            SimulatedDirectory directory = directory(path);
            return directory == null ? List.of() : directory.files();
        }
    }

    /** An open file; it stays the same file when it is renamed or deleted. */
    private final class OpenFile implements File {

        private final SimulatedFile file;

        OpenFile(SimulatedFile file) {
            this.file = file;
        }

        @Override
        public long length() {
            synchronized (disk) {
                tick();
                return file.length();
            }
        }

        @Override
        public void read(ByteBuffer to, long position) {
            synchronized (disk) {
                tick();
                file.read(to, Math.toIntExact(position));
            }
        }

        @Override
        public void write(ByteBuffer from, long position) {
            byte[] bytes = new byte[from.remaining()];
            from.get(bytes);
            synchronized (disk) {
                if (operationsLeft > 0) {
                    boolean last = operationsLeft == 1;
                    file.write(last ? begun(bytes, position) : bytes, Math.toIntExact(position), disk.tick());
                }
                tick();
            }
        }

        /** As much as was written when the process ended: whole blocks, but for the first one. */
        private byte[] begun(byte[] bytes, long position) {
            int beforeBlock = (int) (-position & SimulatedFile.BLOCK - 1);
            int blocks = random.nextInt(1 + bytes.length / SimulatedFile.BLOCK);
            return Arrays.copyOf(bytes, Math.min(bytes.length, beforeBlock + blocks * SimulatedFile.BLOCK));
        }

        @Override
        public void truncate(long length) {
            synchronized (disk) {
                file.truncate(Math.toIntExact(length), tick());
            }
        }

        @Override
        public void force() {
            Thread.yield(); // it takes a while: others come to share the next one
            synchronized (disk) {
                tick();
                file.force();
            }
        }

        @Override
        public void close() {
            // nothing is kept back
        }
    }
}
