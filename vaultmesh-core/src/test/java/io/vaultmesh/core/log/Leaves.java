package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/** The leaf hashes of a log that has nothing else, and what they say about an index. */
final class Leaves implements LongFunction<Hash> {

    private final List<Hash> hashes = new ArrayList<>();
    private long asked;

    /** A hash that nobody calculated. */
    static Hash hash(long prefix, long rest) {
        return Hash.of(ByteBuffer.allocate(32)
                .putLong(prefix)
                .position(24)
                .putLong(rest)
                .array());
    }

    /** The hash of a number, spread as those of entries are. */
    static Hash spread(long number) {
        long z = (number + 1) * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return hash(z ^ (z >>> 31), number);
    }

    static Leaves spread(long from, long to) {
        Leaves leaves = new Leaves();
        for (long number = from; number < to; number++) {
            leaves.append(spread(number));
        }
        return leaves;
    }

    void append(Hash hash) {
        hashes.add(hash);
    }

    int size() {
        return hashes.size();
    }

    void truncate(int size) {
        hashes.subList(size, hashes.size()).clear();
    }

    @Override
    public Hash apply(long index) {
        asked++;
        return hashes.get((int) index);
    }

    /** How often a leaf was asked for. */
    long asked() {
        return asked;
    }

    /** Adds what an index lacks, as a log does it. */
    void addTo(LeafIndex index) {
        addTo(index, size());
    }

    void addTo(LeafIndex index, long size) {
        while (index.size() < size) {
            index.makeRoom(1);
            index.add(index.size(), hashes.get((int) index.size()));
        }
    }

    /** Where each hash is first, and that others are nowhere. */
    Map<Hash, OptionalLong> firsts(List<Hash> absent) {
        Map<Hash, OptionalLong> firsts = new LinkedHashMap<>();
        for (int i = 0; i < hashes.size(); i++) {
            firsts.putIfAbsent(hashes.get(i), OptionalLong.of(i));
        }
        absent.forEach(hash -> firsts.putIfAbsent(hash, OptionalLong.empty()));
        return firsts;
    }

    /** The hashes that an index gives another answer for than the log does. */
    List<String> wrong(LeafIndex index, List<Hash> absent) {
        List<String> wrong = new ArrayList<>();
        firsts(absent).forEach((hash, expected) -> {
            OptionalLong found = index.find(hash);
            if (!found.equals(expected)) {
                wrong.add(hash + " is at " + found + ", expected " + expected);
            }
        });
        return wrong;
    }

    List<String> wrong(LeafIndex index) {
        return wrong(index, List.of(spread(1L << 40), hash(0, 99), hash(-1, 99)));
    }

    /** The names of the files in a directory, sorted. */
    static List<String> files(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
