package io.vaultmesh.core.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.merkle.MerkleTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * All that is known of a log from outside: what it acknowledged, and the checkpoints that it gave out. Opens the log after a
 * fault and holds it to all of that. Not thread-safe.
 */
final class Ledger {

    private static final int SAMPLE = 30;

    private final Random random;
    private final Tally tally;
    private final List<Hash> confirmed = new ArrayList<>(); // the leaf hashes that were there when it was last opened
    private final Map<Long, Hash> acknowledged = new HashMap<>(); // those since then
    private final List<List<Hash>> possible = new ArrayList<>(); // calls of which nobody knows
    private final List<TrustedCheckpoint> checkpoints = new ArrayList<>();
    private int verified;

    Ledger(Random random, Tally tally) {
        this.random = random;
        this.tally = tally;
    }

    /** Remembers what a child told. */
    void add(Told told) {
        told.requireSound();
        told.appended().forEach((call, first) -> acknowledge(first, call.leafHashes()));
        told.possible().stream()
                .map(Call::leafHashes)
                .filter(hashes -> !hashes.isEmpty())
                .forEach(possible::add);
        checkpoints.addAll(told.checkpoints());
    }

    void acknowledge(long first, List<Hash> leafHashes) {
        for (int i = 0; i < leafHashes.size(); i++) {
            if (first + i < confirmed.size() || acknowledged.putIfAbsent(first + i, leafHashes.get(i)) != null) {
                throw new AssertionError("index " + (first + i) + " was given to two entries");
            }
        }
    }

    void gaveOut(TrustedCheckpoint checkpoint) {
        checkpoints.add(checkpoint);
    }

    int size() {
        return confirmed.size();
    }

    /**
     * Opens the log and checks it against all that is known.
     *
     * @throws AssertionError if anything is lost or changed
     */
    void check(Place place) {
        LogReader reader = place.reader();
        if (place.isPublished()) {
            require(!reader.fsck().failed(), "fsck beside the crashed writer: " + reader.fsck());
            checkpoints.add(reader.checkpoint());
        }
        try (MerkleLog log = place.open()) {
            requireEntries(log);
            requireCheckpoints(log);
            requireThatItGoesOn(log);
            requireSound(log);
        }
        require(reader.fsck().passed(), "fsck after close: " + reader.fsck());
        require(reader.refresh().size() == confirmed.size(), "close published " + reader.checkpoint());
    }

    /** Forgets the entry that the last check appended: it was made on a copy, and the log itself goes on. */
    void forgetTheLast() {
        confirmed.remove(confirmed.size() - 1);
        checkpoints.removeIf(checkpoint -> checkpoint.size() > confirmed.size());
    }

    private void requireEntries(MerkleLog log) {
        List<Hash> found = new ArrayList<>();
        for (long index = confirmed.size(); index < log.size(); index++) {
            found.add(MerkleTree.leafHash(log.entry(index).bytes()));
        }
        long last =
                acknowledged.keySet().stream().mapToLong(index -> index).max().orElse(-1);
        require(
                log.size() >= Math.max(confirmed.size(), last + 1),
                "size is " + log.size() + ", but " + confirmed.size() + " entries were seen before, and index " + last
                        + " was acknowledged");
        require(
                Explanation.exists(confirmed.size(), found, acknowledged, possible),
                () -> Explanation.of(confirmed.size(), found, acknowledged, possible));
        confirmed.addAll(found);
        tally.appends(acknowledged.size());
        acknowledged.clear();
        possible.clear();
        for (int i = 0; i < SAMPLE && log.size() > 0; i++) {
            long index = Math.floorMod(random.nextLong(), log.size());
            requireEntry(log.entry(index));
            if (i == 0) {
                Answers.requireProof(log, index);
            }
        }
    }

    private void requireEntry(LogEntry entry) {
        Hash hash = MerkleTree.leafHash(entry.bytes());
        Hash expected = confirmed.get((int) entry.index());
        require(
                hash.equals(expected),
                () -> "entry " + entry.index() + " has leaf hash " + hash + ", acknowledged was " + expected);
    }

    /** Every new checkpoint, and some of the older ones, is of a prefix of the log. */
    private void requireCheckpoints(MerkleLog log) {
        checkpoints.add(log.checkpoint());
        int sampled = verified;
        for (int i = 0; i < Math.min(SAMPLE, sampled); i++) {
            requirePrefix(log, checkpoints.get(random.nextInt(sampled)));
        }
        while (verified < checkpoints.size()) {
            requirePrefix(log, checkpoints.get(verified++));
        }
        tally.checkpoints(verified - sampled);
    }

    private static void requirePrefix(MerkleLog log, TrustedCheckpoint checkpoint) {
        require(log.verify(checkpoint).holds(), log.verify(checkpoint) + ": " + checkpoint);
    }

    private void requireThatItGoesOn(MerkleLog log) {
        byte[] entry = ("opened at size " + log.size()).getBytes(UTF_8);
        Appended appended = log.append(entry);
        require(
                appended.equals(new Appended(confirmed.size(), MerkleTree.leafHash(entry))),
                "the next append gave " + appended + ", expected index " + confirmed.size());
        confirmed.add(appended.leafHash());
        checkpoints.add(log.checkpoint());
    }

    private void requireSound(MerkleLog log) {
        List<Long> shown = new ArrayList<>();
        Report report = log.fsck(entry -> {
            requireEntry(entry);
            shown.add(entry.index());
        });
        require(report.passed(), "fsck: " + report);
        require(shown.size() == confirmed.size(), "fsck showed " + shown.size() + " of " + confirmed.size());
        tally.opened();
    }

    private static void require(boolean holds, Object otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise.get());
        }
    }
}
