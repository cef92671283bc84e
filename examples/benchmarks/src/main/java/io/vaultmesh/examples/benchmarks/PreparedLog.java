package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.MerkleLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A log that is too large to be built by each benchmark that needs it. */
enum PreparedLog implements Prepared {
    /** A thousand entries of 32 bytes. */
    THOUSAND(1_000, 32),
    /** A million entries of 200 bytes. */
    MILLION(1_000_000, 200),
    /** Ten million entries of 32 bytes. */
    TEN_MILLION(10_000_000, 32);

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

    @Override
    public Path in(Path directory) {
        return directory.resolve(size + "-entries");
    }

    @Override
    public String what() {
        return String.format(Locale.ROOT, "a log of %,d entries of %d bytes", size, entryLength);
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

    @Override
    public void build(Path directory) {
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
