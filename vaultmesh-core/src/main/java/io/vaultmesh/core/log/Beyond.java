package io.vaultmesh.core.log;

import java.util.ArrayList;
import java.util.List;

/** Finds files that a log of some size can't have, next to its right edge: they show that it was larger. */
final class Beyond {

    private Beyond() {}

    static List<String> find(FsckFiles files, long size) {
        List<String> found = new ArrayList<>();
        int width = (int) (size % TilePath.WIDTH);
        look(files, TilePath.entries(size / TilePath.WIDTH, TilePath.WIDTH), width, found);
        for (int level = 0; level * TilePath.HEIGHT < Long.SIZE; level++) {
            long hashes = TilePath.hashes(level, size);
            String full = TilePath.tile(level, hashes / TilePath.WIDTH, TilePath.WIDTH);
            look(files, full, (int) (hashes % TilePath.WIDTH), found);
        }
        return found;
    }

    private static void look(FsckFiles files, String full, int width, List<String> found) {
        if (files.read(full).isPresent()) {
            found.add(full);
        }
        String partials = TilePath.partials(full);
        for (String name : files.list(partials)) {
            if (name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) > width) {
                found.add(partials + "/" + name);
            }
        }
    }
}
