package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Appends an entry of 600 bytes to a log on disk, which returns once it is durable. One thread. */
public class DurableAppend {

    private static final int FILE_SIZE = 64 << 20;

    /** A log in a directory. */
    @State(Scope.Thread)
    public static class Log {

        private final byte[][] entries = Samples.entries(256);
        private final Path directory = Scratch.create();
        private final MerkleLog log = MerkleLog.builder(directory.resolve("log"))
                .signer(Samples.SIGNER)
                .open();
        private int next;

        @TearDown
        public void delete() throws IOException {
            log.close();
            Scratch.delete(directory);
        }
    }

    /** A file whose blocks are all on disk already. */
    @State(Scope.Thread)
    public static class PreallocatedFile {

        private final byte[][] entries = Samples.entries(256);
        private final Path directory = Scratch.create();
        private final FileChannel channel = Scratch.newFile(directory.resolve("file"));
        private int next;
        private long at;

        @Setup
        public void allocate() throws IOException {
            ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
            for (long offset = 0; offset < FILE_SIZE; offset += zeros.capacity()) {
                writeAll(channel, zeros.clear(), offset);
            }
            channel.force(true);
        }

        @TearDown
        public void delete() throws IOException {
            channel.close();
            Scratch.delete(directory);
        }
    }

    @Benchmark
    public Appended vaultmesh(Log log) {
        return log.log.append(log.entries[log.next++ & 255]);
    }

    /** The bound: the entry's bytes and nothing else, forced to the disk. */
    @Benchmark
    public long writeAndForce(PreallocatedFile file) throws IOException {
        byte[] entry = file.entries[file.next++ & 255];
        writeAll(file.channel, ByteBuffer.wrap(entry), file.at);
        file.channel.force(false);
        file.at = file.at + 2L * entry.length > FILE_SIZE ? 0 : file.at + entry.length;
        return file.at;
    }

    private static void writeAll(FileChannel channel, ByteBuffer buffer, long at) throws IOException {
        long offset = at;
        while (buffer.hasRemaining()) {
            offset += channel.write(buffer, offset);
        }
    }
}
