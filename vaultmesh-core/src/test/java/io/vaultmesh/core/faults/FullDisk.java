package io.vaultmesh.core.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.merkle.MerkleTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A process whose log meets a full disk again and again, in a small file system that it has for itself: while it appends,
 * publishes, closes and opens. When there is space again, it goes on as if nothing had been.
 */
final class FullDisk {

    private static final int MOST_CALLS = 2_000; // until a disk with some blocks left must be full

    private final Path log;
    private final Ballast ballast;
    private final Random random;
    private final Tally tally = new Tally();
    private final Map<String, Integer> refused = new TreeMap<>();
    private Ledger ledger;
    private int calls;

    private FullDisk(Path fileSystem, long seed) {
        this.log = fileSystem.resolve("log");
        this.ballast = new Ballast(fileSystem.resolve("ballast"));
        this.random = new Random(seed);
        this.ledger = new Ledger(random, tally);
    }

    /** Takes an empty file system of its own, a seed, and how often it is filled. */
    public static void main(String[] args) throws IOException {
        FullDisk disk = new FullDisk(Path.of(args[0]), Long.parseLong(args[1]));
        int rounds = Integer.parseInt(args[2]);
        for (int round = 0; round < rounds; round++) {
            try {
                disk.round(round);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("round " + round + " with seed " + args[1], e);
            }
        }
        System.out.println(rounds + " full disks survived, refused " + disk.refused + ": " + disk.tally);
        for (String phase : List.of("append", "appendAll", "publish", "close", "create")) {
            if (!disk.refused.containsKey(phase)) {
                throw new AssertionError("the disk was never full for " + phase + ": " + disk.refused);
            }
        }
    }

    private void round(int round) throws IOException {
        if (round % 8 == 0) {
            begin(round == 0 ? 0 : random.nextInt(3));
        }
        MerkleLog open = Keys.open(log);
        for (int i = random.nextInt(5); i > 0; i--) {
            append(open);
        }
        if (random.nextBoolean()) {
            open.publish();
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            append(open);
        }
        ballast.fill(random.nextInt(24));
        boolean appends = random.nextInt(4) > 0; // else publishing and closing meet the full disk first
        for (int i = 0; appends && i < MOST_CALLS; i++) {
            if (!(random.nextInt(8) == 0 ? publish(open) : append(open)) && random.nextInt(3) == 0) {
                break;
            }
        }
        if (random.nextBoolean()) {
            publish(open);
        }
        if (random.nextBoolean()) {
            close(open);
            open = Keys.open(log); // to be read, at least
            requireReadable(open);
            append(open);
        }
        ballast.free();
        int before = refused();
        append(open);
        publish(open);
        requireReadable(open);
        if (refused() > before) {
            throw new AssertionError("refused though there is space again");
        }
        open.close();
        ledger.check(Place.directory(log));
    }

    private int refused() {
        return refused.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** A new log, begun when there is no space for one: that fails, and does no harm. */
    private void begin(int blocksLeft) throws IOException {
        Directories.delete(log);
        ledger = new Ledger(random, tally);
        ballast.fill(blocksLeft);
        attempt("create", () -> Keys.open(log).close());
        ballast.free();
    }

    private boolean append(MerkleLog open) {
        calls++;
        long size = open.size();
        List<byte[]> entries = entries();
        boolean done = attempt(entries.size() == 1 ? "append" : "appendAll", () -> {
            List<Appended> appended =
                    entries.size() == 1 ? List.of(open.append(entries.get(0))) : open.appendAll(entries);
            List<Hash> hashes = entries.stream().map(MerkleTree::leafHash).toList();
            if (!appended.stream().map(Appended::leafHash).toList().equals(hashes)) {
                throw new AssertionError("answered with other hashes: " + appended);
            }
            ledger.acknowledge(appended.get(0).index(), hashes);
        });
        if (!done && open.size() != size) {
            throw new AssertionError("the refused append changed the size from " + size + " to " + open.size());
        }
        return done;
    }

    /** One, or a few, or so many small ones that they soon fill a tile. */
    private List<byte[]> entries() {
        int roll = random.nextInt(8);
        int count = roll == 0 ? random.nextInt(2, 20) : roll == 1 ? random.nextInt(60, 250) : 1;
        int longest = roll == 1 ? 20 : 9_000;
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            entries.add((calls + " " + i + "x".repeat(random.nextInt(longest))).getBytes(UTF_8));
        }
        return entries;
    }

    private boolean publish(MerkleLog open) {
        boolean done = attempt("publish", open::publish);
        ledger.gaveOut(open.checkpoint());
        return done;
    }

    private void close(MerkleLog open) {
        attempt("close", open::close);
    }

    private void requireReadable(MerkleLog open) {
        for (long index = 0; index < open.size(); index += 1 + open.size() / 20) {
            Answers.requireProof(open, index);
        }
    }

    /** Does what a full disk may refuse, with a clear message, and without closing the log. */
    private boolean attempt(String phase, Runnable act) {
        try {
            act.run();
            return true;
        } catch (UncheckedIOException full) {
            String message = String.valueOf(full.getMessage());
            if (!message.contains("No space left on device") || message.contains("reopen")) {
                throw new AssertionError("not what a full disk should say to " + phase, full);
            }
            refused.merge(phase, 1, Integer::sum);
            return false;
        }
    }
}
