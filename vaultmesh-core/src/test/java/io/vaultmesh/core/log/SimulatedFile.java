package io.vaultmesh.core.log;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A file's content as processes see it, and what of it is on the disk for sure. In between lie the blocks and lengths that
 * were written and not forced: of each, a power loss leaves any. Guarded by its disk.
 */
final class SimulatedFile {

    static final int BLOCK = 512;

    private record Version<T>(long time, T value) {}

    private byte[] content = new byte[0]; // longer than the file is
    private int length;
    private byte[] durable = new byte[0];
    private int durableLength;
    private final Map<Integer, List<Version<byte[]>>> blocks = new HashMap<>(); // since the last force
    private final List<Version<Integer>> lengths = new ArrayList<>();

    int length() {
        return length;
    }

    void read(ByteBuffer to, int position) {
        int count = Math.max(0, Math.min(to.remaining(), length - position));
        to.put(content, position, count);
    }

    byte[] bytes() {
        return Arrays.copyOf(content, length);
    }

    void write(byte[] bytes, int position, long time) {
        if (bytes.length == 0) {
            return;
        }
        int end = position + bytes.length;
        if (end > content.length) {
            content = Arrays.copyOf(content, Math.max(end, 2 * content.length) + BLOCK);
        }
        System.arraycopy(bytes, 0, content, position, bytes.length);
        if (end > length) {
            length = end;
            lengths.add(new Version<>(time, length));
        }
        remember(position, end, time);
    }

    void truncate(int to, long time) {
        if (to < length) {
            Arrays.fill(content, to, length, (byte) 0);
            remember(to, length, time);
            length = to;
            lengths.add(new Version<>(time, length));
        }
    }

    private void remember(int from, int to, long time) {
        for (int block = from / BLOCK; block * BLOCK < to; block++) {
            byte[] now = Arrays.copyOfRange(content, block * BLOCK, (block + 1) * BLOCK);
            blocks.computeIfAbsent(block, absent -> new ArrayList<>()).add(new Version<>(time, now));
        }
    }

    void force() {
        if (durable.length < content.length) {
            durable = Arrays.copyOf(durable, content.length);
        }
        for (int block : blocks.keySet()) {
            int from = block * BLOCK;
            System.arraycopy(content, from, durable, from, Math.min(BLOCK, content.length - from));
        }
        durableLength = length;
        blocks.clear();
        lengths.clear();
    }

    /** What a power loss leaves: of each block and of the length one that was there since the last force. */
    void losePower(PowerLoss loss) {
        byte[] left = Arrays.copyOf(durable, Math.max(durable.length, content.length));
        blocks.forEach((block, versions) -> {
            byte[] kept = kept(loss, versions);
            if (kept != null) {
                System.arraycopy(kept, 0, left, block * BLOCK, Math.min(BLOCK, left.length - block * BLOCK));
            }
        });
        Integer keptLength = kept(loss, lengths);
        length = keptLength == null ? durableLength : keptLength;
        Arrays.fill(left, length, left.length, (byte) 0);
        content = left;
        durable = left.clone();
        durableLength = length;
        blocks.clear();
        lengths.clear();
    }

    private static <T> T kept(PowerLoss loss, List<Version<T>> versions) {
        T kept = null;
        for (Version<T> version : versions) {
            if (loss.keeps(version.time())) {
                kept = version.value();
            }
        }
        return kept;
    }

    SimulatedFile copy() {
        SimulatedFile copy = new SimulatedFile();
        copy.content = content.clone();
        copy.length = length;
        copy.durable = durable.clone();
        copy.durableLength = durableLength;
        blocks.forEach((block, versions) -> copy.blocks.put(block, new ArrayList<>(versions)));
        copy.lengths.addAll(lengths);
        return copy;
    }
}
