package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.TreeHasher;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What is in one bundle, beside the tile that has its leaf hashes. Made by any thread; each leaf and each node is hashed
 * once, as long as nothing is wrong.
 *
 * @param number the bundle's number
 * @param width how many entries it should have
 * @param entries those that can be read
 * @param fromEntries the tile as its entries make it
 * @param fromTile the tile as it is on disk; empty if it is missing or has another length
 * @param found what is wrong
 */
record BundleCheck(
        long number, int width, EntryBundle entries, Tile fromEntries, Optional<Tile> fromTile, List<Check> found) {

    static BundleCheck of(FsckFiles files, long number, int width) {
        TreeHasher hasher = TreeHasher.ofThread();
        String path = TilePath.entries(number, width);
        Optional<byte[]> exact = files.read(path);
        Optional<byte[]> file = exact.or(() -> files.read(TilePath.entries(number, TilePath.WIDTH)));
        EntryBundle entries = EntryBundle.ofWhatCanBeRead(file.orElse(new byte[0]), width);
        Tile fromEntries = new Tile();
        for (int i = 0; i < entries.count(); i++) {
            Hash unused = fromEntries.addLeaf(entries.array(), entries.start(i), entries.length(i), hasher);
        }
        fromEntries.hashNodes(); // here, where other threads do the same
        List<Check> found = new ArrayList<>();
        if (entries.count() < width) {
            long first = number * TilePath.WIDTH + entries.count();
            found.add(Check.fail(
                    "entry " + first,
                    path + (file.isEmpty() ? " is missing" : " ends, or has a wrong length, at entry " + first)
                            + "; expected " + width + " entries"));
        } else if (exact.isPresent() && entries.end() != exact.get().length) {
            found.add(Check.fail(path, "has bytes after its " + width + " entries"));
        }
        String tilePath = TilePath.tile(0, number, width);
        Optional<byte[]> hashes = files.tile(0, number, width);
        if (hashes.isEmpty()) {
            found.add(Check.fail(tilePath, "is missing or has another length, expected " + width + " hashes"));
        }
        Optional<Tile> fromTile = hashes.map(tile ->
                entries.count() == width && fromEntries.has(tile) ? fromEntries : Tile.of(tile, width, tilePath));
        BundleCheck check = new BundleCheck(number, width, entries, fromEntries, fromTile, found);
        fromTile.filter(tile -> tile != fromEntries).ifPresent(tile -> check.compare(tile, path, tilePath));
        return check;
    }

    private void compare(Tile tile, String path, String tilePath) {
        for (int i = 0; i < entries.count(); i++) {
            Hash hash = fromEntries.hash(i);
            if (!hash.equals(tile.hash(i))) {
                found.add(Check.fail(
                        "entry " + (number * TilePath.WIDTH + i),
                        path + ": leaf hash is " + hash + ", expected " + tile.hash(i) + " as in " + tilePath));
            }
        }
    }

    /** Shows the entries that have the leaf hashes that the tile gives. */
    void showIntact(Consumer<LogEntry> intact) {
        fromTile.ifPresent(tile -> {
            for (int i = 0; i < entries.count(); i++) {
                if (tile == fromEntries || tile.hash(i).equals(fromEntries.hash(i))) {
                    intact.accept(new LogEntry(number * TilePath.WIDTH + i, entries.entry(i)));
                }
            }
        });
    }

    /** How many entries are not what was logged, as far as that can be told apart; one for those that can't be read. */
    long damagedEntries() {
        return found.stream().filter(check -> check.name().startsWith("entry ")).count();
    }
}
