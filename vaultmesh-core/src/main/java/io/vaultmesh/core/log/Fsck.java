package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.note.NoteVerifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Checks everything that a log has published, and reports all that is wrong, not the first. */
final class Fsck {

    /** The check of what a writer changes before it replaces the checkpoint. */
    static final String END = "end";

    private final FsckFiles files;
    private final NoteVerifier logKey;
    private final Consumer<LogEntry> intact;
    private final List<Check> checks = new ArrayList<>();

    /** The tree over the leaf hashes that the entries have, as far as they could be read. */
    private final CompactRange fromEntries = new CompactRange();

    /** The tree over the leaf hashes that the tiles have. */
    private final CompactRange fromTiles = new CompactRange();

    private long damagedEntries;
    private long damagedTiles;

    Fsck(FsckFiles files, NoteVerifier logKey, Consumer<LogEntry> intact) {
        this.files = files;
        this.logKey = logKey;
        this.intact = intact;
    }

    Report run() {
        String title = "fsck of " + logKey.name();
        TrustedCheckpoint checkpoint;
        try {
            checkpoint = LogReader.trusted(files.read(LogStore.CHECKPOINT), logKey);
        } catch (LogDamagedException e) {
            checks.add(Check.fail("checkpoint signature", String.valueOf(e.getMessage())));
            checks.addAll(files.unreadable());
            return new Report(title, checks);
        }
        checks.add(Check.pass("checkpoint signature", "size " + checkpoint.size() + ", root " + checkpoint.root()));
        leaves(checkpoint.size());
        upperTiles(checkpoint.size());
        root(checkpoint);
        nothingBeyond(checkpoint);
        checks.addAll(files.unreadable());
        return new Report(title, checks);
    }

    private void leaves(long size) {
        List<Check> found = new ArrayList<>();
        for (long number = 0; number * TilePath.WIDTH < size; number++) {
            int width = (int) Math.min(TilePath.WIDTH, size - number * TilePath.WIDTH);
            bundle(number, width, found);
        }
        if (found.isEmpty()) {
            checks.add(Check.pass("entries", size + " entries have the leaf hashes that the tiles give"));
        }
        checks.addAll(found);
    }

    private void bundle(long number, int width, List<Check> found) {
        String bundlePath = TilePath.entries(number, width);
        Optional<byte[]> exact = files.read(bundlePath);
        Optional<byte[]> bundle = exact.or(() -> files.read(TilePath.entries(number, TilePath.WIDTH)));
        Optional<Tile> tile = tile(0, number, width);
        List<byte[]> entries =
                bundle.map(file -> EntryBundle.decodeWhatCanBe(file, width)).orElse(List.of());
        for (int i = 0; i < width; i++) {
            long index = number * TilePath.WIDTH + i;
            tile.map(t -> t.hash(leafOf(index))).ifPresent(fromTiles::append);
            if (i >= entries.size()) {
                continue;
            }
            LogEntry entry = new LogEntry(index, entries.get(i));
            fromEntries.append(entry.leafHash());
            if (tile.isPresent() && tile.get().hash(i).equals(entry.leafHash())) {
                intact.accept(entry);
            } else if (tile.isPresent()) {
                damagedEntries++;
                found.add(Check.fail(
                        "entry " + index,
                        bundlePath + ": leaf hash is " + entry.leafHash() + ", expected "
                                + tile.get().hash(i) + " as in " + TilePath.tile(0, number, width)));
            }
        }
        if (entries.size() < width) {
            damagedEntries++;
            long first = number * TilePath.WIDTH + entries.size();
            found.add(Check.fail(
                    "entry " + first,
                    bundlePath + (bundle.isEmpty() ? " is missing" : " ends, or has a wrong length, at entry " + first)
                            + "; expected " + width + " entries"));
        } else if (exact.isPresent() && EntryBundle.encode(entries).length != exact.get().length) {
            found.add(Check.fail(bundlePath, "has bytes after its " + width + " entries"));
        }
        if (tile.isEmpty()) {
            damagedTiles++;
            found.add(Check.fail(
                    TilePath.tile(0, number, width),
                    "is missing or has another length, expected " + width + " hashes"));
        }
    }

    private static int leafOf(long index) {
        return (int) (index % TilePath.WIDTH);
    }

    private void upperTiles(long size) {
        List<Check> found = new ArrayList<>();
        for (int level = 1; TilePath.hashes(level, size) > 0; level++) {
            long hashes = TilePath.hashes(level, size);
            for (long i = 0; i < hashes; i++) {
                upperHash(level, i, hashes, found);
            }
        }
        found.addAll(OlderPartials.check(files, size));
        damagedTiles += found.size();
        checks.addAll(found);
        if (damagedTiles == 0) {
            checks.add(
                    Check.pass(
                            "tiles",
                            "every tile has the roots of the tiles below it, every older partial is the beginning of its tile"));
        }
    }

    private void upperHash(int level, long i, long hashes, List<Check> found) {
        long number = i / TilePath.WIDTH;
        int width = (int) Math.min(TilePath.WIDTH, hashes - number * TilePath.WIDTH);
        String path = TilePath.tile(level, number, width);
        Optional<Tile> tile = tile(level, number, width);
        Optional<Tile> below = tile(level - 1, i, TilePath.WIDTH);
        if (tile.isEmpty()) {
            if (i % TilePath.WIDTH == 0) {
                found.add(Check.fail(path, "is missing or has another length, expected " + width + " hashes"));
            }
        } else if (below.isPresent() && !below.get().root().equals(tile.get().hash((int) (i % TilePath.WIDTH)))) {
            found.add(Check.fail(
                    path,
                    "hash " + i % TilePath.WIDTH + " is not the root of "
                            + TilePath.tile(level - 1, i, TilePath.WIDTH)));
        }
    }

    private void root(TrustedCheckpoint checkpoint) {
        boolean entriesAgree = agrees(fromEntries, checkpoint);
        boolean tilesAgree = agrees(fromTiles, checkpoint);
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
                    "neither the entries, which lead to " + fromEntries.root()
                            + ", nor the tiles, which lead to " + fromTiles.root() + ", have the signed root "
                            + checkpoint.root()));
        }
    }

    private static boolean agrees(CompactRange range, TrustedCheckpoint checkpoint) {
        return range.size() == checkpoint.size() && range.root().equals(checkpoint.root());
    }

    /**
     * A log that holds more than its checkpoint says had its checkpoint rolled back; or its writer, which has it all in
     * its journal, is publishing.
     */
    private void nothingBeyond(TrustedCheckpoint checkpoint) {
        List<String> beyond = Beyond.find(files, checkpoint.size());
        if (!beyond.isEmpty() && agrees(fromTiles, checkpoint)) {
            List<String> beyondJournal = Beyond.find(files, files.journaled(fromTiles));
            beyond.retainAll(beyondJournal);
        }
        checks.add(
                beyond.isEmpty()
                        ? Check.pass(END, "nothing is published beyond the checkpoint")
                        : Check.fail(
                                END, "beyond the checkpoint's size " + checkpoint.size() + " there are " + beyond));
    }

    /** The first hashes of a tile: from its own file, which has no more, or from the full one that replaced it. */
    private Optional<Tile> tile(int level, long number, int width) {
        String path = TilePath.tile(level, number, width);
        int length = width * Hash.LENGTH;
        Optional<byte[]> exact = files.read(path);
        return exact.isPresent()
                ? exact.filter(file -> file.length == length).map(file -> Tile.of(file, width, path))
                : files.read(TilePath.tile(level, number, TilePath.WIDTH))
                        .filter(file -> file.length == TilePath.WIDTH * Hash.LENGTH)
                        .map(file -> Tile.of(Arrays.copyOf(file, length), width, path));
    }
}
