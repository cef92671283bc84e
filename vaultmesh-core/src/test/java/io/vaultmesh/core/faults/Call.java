package io.vaultmesh.core.faults;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One call that a thread makes on a log. All of it follows from a seed, so that the process that makes it and the one that
 * checks it agree without a word: also about the call that was under way when the process died.
 *
 * @param thread the thread that makes it
 * @param number how many calls the thread made before
 * @param kind what is called
 * @param count how many entries it appends
 * @param seed from which its entries follow
 */
record Call(int thread, int number, Kind kind, int count, long seed) {

    enum Kind {
        APPEND,
        APPEND_ALL,
        CHECKPOINT,
        PUBLISH,
        READ,
        REOPEN
    }

    private record Step(Kind kind, int count) {}

    private static final List<Step> SCRIPT = List.of(
            new Step(Kind.APPEND, 1),
            new Step(Kind.APPEND_ALL, 5),
            new Step(Kind.CHECKPOINT, 0),
            new Step(Kind.PUBLISH, 0),
            new Step(Kind.APPEND, 1),
            new Step(Kind.READ, 0),
            new Step(Kind.REOPEN, 0),
            new Step(Kind.APPEND_ALL, 270), // fills a tile
            new Step(Kind.APPEND, 1),
            new Step(Kind.PUBLISH, 0), // and partial ones of before can go
            new Step(Kind.APPEND, 1),
            new Step(Kind.REOPEN, 0),
            new Step(Kind.APPEND, 1),
            new Step(Kind.CHECKPOINT, 0));

    /** How many calls the script has. */
    static final int SCRIPTED = SCRIPT.size();

    /** A call of a thread under load: mostly appends. Only the first thread closes the log and opens it again. */
    static Call random(long seed, int thread, int number) {
        long own = mix(mix(seed, thread), number);
        SplittableRandom random = new SplittableRandom(own);
        int roll = random.nextInt(1000);
        Kind kind = Kind.APPEND;
        if (roll < 120) {
            kind = Kind.APPEND_ALL;
        } else if (roll < 200) {
            kind = Kind.CHECKPOINT;
        } else if (roll < 240) {
            kind = Kind.PUBLISH;
        } else if (roll < 270) {
            kind = Kind.READ;
        } else if (roll < 290 && thread == 0) {
            kind = Kind.REOPEN;
        }
        int count = kind == Kind.APPEND ? 1 : kind == Kind.APPEND_ALL ? count(random) : 0;
        return new Call(thread, number, kind, count, own);
    }

    /** A call of the short script, in which each kind of call meets each state of a log. */
    static Call scripted(long seed, int number) {
        Step step = number < SCRIPTED ? SCRIPT.get(number) : new Step(Kind.READ, 0); // behind its end nothing is logged
        return new Call(0, number, step.kind(), step.count(), mix(seed, number));
    }

    private static long mix(long seed, long more) {
        return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (more + 1)).nextLong();
    }

    /** What it appends. */
    List<byte[]> entries() {
        SplittableRandom random = new SplittableRandom(mix(seed, 1));
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int longest = kind == Kind.APPEND ? LogEntry.MAX_LENGTH : count > 64 ? 64 : 8000;
            entries.add(content(random, Math.min(longest, length(random))));
        }
        return entries;
    }

    /** The leaf hashes of what it appends. */
    List<Hash> leafHashes() {
        return entries().stream().map(MerkleTree::leafHash).toList();
    }

    private static int count(SplittableRandom random) {
        int roll = random.nextInt(100);
        if (roll < 5) {
            return 0;
        }
        if (roll < 65) {
            return random.nextInt(1, 9);
        }
        return roll < 90 ? random.nextInt(9, 65) : random.nextInt(250, 300);
    }

    /** None, the most, about the size of a disk's block, and what usual records have. */
    private static int length(SplittableRandom random) {
        int roll = random.nextInt(100);
        if (roll < 10) {
            return 0;
        }
        if (roll < 13) {
            return LogEntry.MAX_LENGTH;
        }
        if (roll < 23) {
            return random.nextInt(1, 9);
        }
        return roll < 33 ? random.nextInt(440, 560) : random.nextInt(1, 1500);
    }

    /** Mostly noise; now and then what looks like a file that was never written. */
    private static byte[] content(SplittableRandom random, int length) {
        byte[] content = new byte[length];
        int roll = random.nextInt(100);
        if (roll < 80) {
            random.nextBytes(content);
        } else if (roll < 87) {
            Arrays.fill(content, (byte) 0xff);
        } else if (roll < 94 && length > 0) {
            content[random.nextInt(length)] = 1;
        }
        return content;
    }
}
