package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteVerifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks everything that a log has published, and reports all that is wrong, not the first. Bundles are read and hashed
 * by as many threads as the common pool has, and put together in order.
 */
final class Fsck {

    /** For whom no entry is copied. */
    static final Consumer<LogEntry> NOBODY = entry -> {};

    /** What one batch of bundles may take in memory, about. */
    private static final long BATCH_BYTES = 16 << 20;

    private static final int MOST_OF_BATCH = 64;

    private final FsckFiles files;
    private final NoteVerifier logKey;
    private final Consumer<LogEntry> intact;
    private final List<Check> checks = new ArrayList<>();
    private final List<Check> foundBelow = new ArrayList<>();
    private final List<Check> foundAbove = new ArrayList<>();
    private final TileTree fromEntries = new TileTree((level, number, tile) -> {});
    private final TileTree fromTiles = new TileTree(this::compareAbove);
    private @Nullable Tile lastOfEntries;
    private @Nullable Tile lastOfTiles;
    private boolean entriesAreWhole = true;
    private boolean tilesAreWhole = true;
    private long damagedEntries;

    Fsck(FsckFiles files, NoteVerifier logKey, Consumer<LogEntry> intact) {
        this.files = files;
        this.logKey = logKey;
        this.intact = intact;
    }

    /** Checks all that a checkpoint promises. */
    Report run(Optional<byte[]> checkpoint) {
        String title = "fsck of " + logKey.name();
        try {
            run(LogReader.trusted(checkpoint, logKey));
        } catch (LogDamagedException e) {
            checks.add(Check.fail("checkpoint signature", String.valueOf(e.getMessage())));
        }
        checks.addAll(files.unreadable());
        return new Report(title, checks);
    }

    private void run(TrustedCheckpoint checkpoint) {
        checks.add(Check.pass("checkpoint signature", "size " + checkpoint.size() + ", root " + checkpoint.root()));
        try (HistoryCheck history = new HistoryCheck(files, logKey)) {
            run(checkpoint, history);
        }
    }

    private void run(TrustedCheckpoint checkpoint, HistoryCheck history) {
        history.check(fromTiles, new Tile(), 0);
        bundles(checkpoint.size(), history);
        if (foundBelow.isEmpty()) {
            checks.add(Check.pass("entries", checkpoint.size() + " entries have the leaf hashes that the tiles give"));
        }
        checks.addAll(foundBelow);
        tiles(checkpoint.size());
        boolean isTree = root(checkpoint);
        checks.addAll(history.end(checkpoint));
        checks.add(EndCheck.of(files, logKey, checkpoint, isTree));
    }

    private void bundles(long size, HistoryCheck history) {
        long count = (size + TilePath.WIDTH - 1) / TilePath.WIDTH;
        int batch = 1;
        for (long from = 0, next; from < count; from = next) {
            next = Math.min(count, from + batch);
            long first = from;
            List<BundleCheck> bundles = files.range(next - from)
                    .mapToObj(i -> BundleCheck.of(files, first + i, width(first + i, size)))
                    .toList();
            bundles.forEach(bundle -> take(bundle, history));
            long bytes = bundles.stream()
                    .mapToLong(bundle -> bundle.entries().array().length)
                    .sum();
            batch = (int) Math.max(2, Math.min(MOST_OF_BATCH, BATCH_BYTES * bundles.size() / (bytes + 1)));
        }
    }

    private static int width(long number, long size) {
        return (int) Math.min(TilePath.WIDTH, size - number * TilePath.WIDTH);
    }

    private void take(BundleCheck bundle, HistoryCheck history) {
        foundBelow.addAll(bundle.found());
        damagedEntries += bundle.damagedEntries();
        if (intact != NOBODY) {
            bundle.showIntact(intact);
        }
        entriesAreWhole &= bundle.entries().count() == bundle.width();
        tilesAreWhole &= bundle.fromTile().isPresent();
        if (entriesAreWhole) {
            lastOfEntries = bundle.fromEntries();
            add(fromEntries, bundle.fromEntries());
        }
        if (tilesAreWhole) {
            Tile tile = bundle.fromTile().orElseThrow();
            lastOfTiles = tile;
            long end = bundle.number() * TilePath.WIDTH + tile.width();
            history.check(fromTiles, tile, tile.isFull() ? end - 1 : end);
            add(fromTiles, tile);
            history.check(fromTiles, tile, end);
        }
    }

    private static void add(TileTree tree, Tile tile) {
        if (tile.isFull()) {
            tree.add(tile.root());
        }
    }

    private void tiles(long size) {
        if (tilesAreWhole) {
            fromTiles.end();
        } else {
            foundAbove.add(Check.notChecked(
                    "tiles above level 0", "they can't be known, since there are tiles of level 0 that can't be read"));
        }
        foundAbove.addAll(OlderPartials.check(files, size));
        if (foundAbove.isEmpty()) {
            checks.add(
                    Check.pass(
                            "tiles",
                            "every tile has the roots of the tiles below it, every older partial is the beginning of its tile"));
        }
        checks.addAll(foundAbove);
    }

    private void compareAbove(int level, long number, Tile tile) {
        String path = TilePath.tile(level, number, tile.width());
        Optional<byte[]> file = files.tile(level, number, tile.width());
        if (file.isEmpty()) {
            foundAbove.add(Check.fail(path, "is missing or has another length, expected " + tile.width() + " hashes"));
            return;
        }
        for (int i = 0; i < tile.width(); i++) {
            if (!tile.hash(i).equals(Hash.read(file.get(), i * Hash.LENGTH))) {
                String below = TilePath.tile(level - 1, number * TilePath.WIDTH + i, TilePath.WIDTH);
                foundAbove.add(Check.fail(path, "hash " + i + " is not the root of " + below));
            }
        }
    }

    /** Checks the root. Returns whether the tiles have it. */
    private boolean root(TrustedCheckpoint checkpoint) {
        Optional<Hash> ofEntries = rootOf(fromEntries, lastOfEntries, entriesAreWhole, checkpoint);
        Optional<Hash> ofTiles = rootOf(fromTiles, lastOfTiles, tilesAreWhole, checkpoint);
        boolean entriesAgree = ofEntries.equals(Optional.of(checkpoint.root()));
        boolean tilesAgree = ofTiles.equals(Optional.of(checkpoint.root()));
        if (entriesAgree && tilesAgree) {
            checks.add(Check.pass("root", "the entries lead to the signed root " + checkpoint.root()));
        } else if (entriesAgree) {
            checks.add(
                    Check.fail("root", "the entries lead to the signed root, the tiles don't: the tiles are damaged"));
        } else if (tilesAgree) {
            checks.add(Check.fail(
                    "root",
                    "the tiles lead to the signed root " + checkpoint.root() + ", the entries don't: " + damagedEntries
                            + " of them are not what was logged"));
        } else {
            checks.add(Check.fail(
                    "root",
                    "neither the entries, which lead to " + text(ofEntries)
                            + ", nor the tiles, which lead to " + text(ofTiles) + ", have the signed root "
                            + checkpoint.root()));
        }
        return tilesAgree;
    }

    private static Optional<Hash> rootOf(
            TileTree tree, @Nullable Tile last, boolean whole, TrustedCheckpoint checkpoint) {
        return whole ? Optional.of(tree.root(checkpoint.size(), last == null ? new Tile() : last)) : Optional.empty();
    }

    private static String text(Optional<Hash> root) {
        return root.map(Hash::toString).orElse("none, since some can't be read");
    }
}
