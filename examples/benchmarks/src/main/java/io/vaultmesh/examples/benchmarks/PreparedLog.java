package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.MerkleLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** A log that is too large to be built by each benchmark that needs it. */
enum PreparedLog {
    /** A thousand entries of 32 bytes. */
    THOUSAND(1_000, 32),
    /** A million entries of 200 bytes. */
    MILLION(1_000_000, 200),
    /** Ten million entries of 32 bytes. */
    TEN_MILLION(10_000_000, 32);

    /** In which the processes of the benchmarks find the logs. */
    static final String PROPERTY = "vaultmesh.benchmarks.logs";

    private static final int BATCH = 10_000;

    private final int size;
    private final int entryLength;

    PreparedLog(int size, int entryLength) {
        this.size = size;
        this.entryLength = entryLength;
    }

    int size() {
        return size;
    }

    int entryLength() {
        return entryLength;
    }

    Path in(Path directory) {
        return directory.resolve(size + "-entries");
    }

    /** Where it lies for a benchmark. */
    Path directory() {
        String logs = System.getProperty(PROPERTY);
        if (logs == null) {
            throw new IllegalStateException("where is the log of " + size + " entries? Run " + Ratios.class.getName()
                    + ", with --logs to keep it, or set the property " + PROPERTY);
        }
        return in(Path.of(logs));
    }

    MerkleLog open() {
        return MerkleLog.builder(directory()).signer(Samples.SIGNER).mustExist().open();
    }

    /** Some of its entries, one after the other: the same whenever they are asked for. */
    byte[] entries(int from, int to) {
        Random random = new Random(from);
        byte[] entries = new byte[(to - from) * entryLength];
        random.nextBytes(entries);
        return entries;
    }

    /** All its entries, one after the other. */
    byte[] allEntries() {
        byte[] all = new byte[size * entryLength];
        for (int from = 0; from < size; from += BATCH) {
            byte[] entries = entries(from, Math.min(size, from + BATCH));
            System.arraycopy(entries, 0, all, from * entryLength, entries.length);
        }
        return all;
    }

    void build(Path directory) {
        try (MerkleLog log = MerkleLog.builder(directory).signer(Samples.SIGNER).open()) {
            for (int from = 0; from < size; from += BATCH) {
                int to = Math.min(size, from + BATCH);
                log.appendAll(split(entries(from, to)));
            }
        }
    }

    /** Bytes as entries of this log. */
    List<byte[]> split(byte[] entries) {
        byte[][] list = new byte[entries.length / entryLength][];
        for (int i = 0; i < list.length; i++) {
            list[i] = Arrays.copyOfRange(entries, i * entryLength, (i + 1) * entryLength);
        }
        return List.of(list);
    }
}
