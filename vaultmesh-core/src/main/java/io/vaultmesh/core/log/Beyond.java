package io.vaultmesh.core.log;

import java.util.ArrayList;
import java.util.List;

/** Finds files that a log of some size can't have: they show that it was larger. */
final class Beyond {

    private Beyond() {}

    static List<String> find(LogStore store, long size) {
        List<String> found = new ArrayList<>();
        int width = (int) (size % TilePath.WIDTH);
        long number = size / TilePath.WIDTH;
        look(store, TilePath.entries(number, TilePath.WIDTH), width, found);
        look(store, TilePath.tile(0, number, TilePath.WIDTH), width, found);
        return found;
    }

    private static void look(LogStore store, String full, int width, List<String> found) {
        if (store.read(full).isPresent()) {
            found.add(full);
        }
        String partials = TilePath.partials(full);
        for (String name : store.list(partials)) {
            if (name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) > width) {
                found.add(partials + "/" + name);
            }
        }
    }
}
