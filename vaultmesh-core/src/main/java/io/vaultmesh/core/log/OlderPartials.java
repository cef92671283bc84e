package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks the partial tiles and bundles of earlier checkpoints, whose holders may still ask for them. */
final class OlderPartials {

    private final LogStore store;
    private final List<Check> found = new ArrayList<>();

    private OlderPartials(LogStore store) {
        this.store = store;
    }

    /** Names each that is not the beginning of the file that replaced it. */
    static List<Check> check(LogStore store, long size) {
        OlderPartials partials = new OlderPartials(store);
        for (int level = 0; TilePath.hashes(level, size) > 0; level++) {
            long hashes = TilePath.hashes(level, size);
            for (long number = 0; number * TilePath.WIDTH < hashes; number++) {
                int width = (int) Math.min(TilePath.WIDTH, hashes - number * TilePath.WIDTH);
                String tile = TilePath.tile(level, number, TilePath.WIDTH);
                partials.compare(tile, width, TilePath.tile(level, number, width));
                if (level == 0) {
                    String bundle = TilePath.entries(number, TilePath.WIDTH);
                    partials.compare(bundle, width, TilePath.entries(number, width));
                }
            }
        }
        return partials.found;
    }

    private void compare(String full, int width, String newest) {
        String directory = TilePath.partials(full);
        for (String name : store.list(directory)) {
            if (name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) < width) {
                String path = directory + "/" + name;
                Optional<byte[]> newer = store.read(newest);
                if (newer.isPresent() && !isBeginning(store.read(path).orElseThrow(), newer.get())) {
                    found.add(Check.fail(path, "is not the beginning of " + newest));
                }
            }
        }
    }

    private static boolean isBeginning(byte[] older, byte[] newer) {
        return older.length <= newer.length && Arrays.equals(older, 0, older.length, newer, 0, older.length);
    }
}
