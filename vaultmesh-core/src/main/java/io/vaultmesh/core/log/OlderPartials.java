package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.hash.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Checks the partial tiles and bundles of earlier checkpoints, whose holders may still ask for them. */
final class OlderPartials {

    private final FsckFiles files;
    private final List<Check> found = new ArrayList<>();

    private OlderPartials(FsckFiles files) {
        this.files = files;
    }

    /** Names each that is not the beginning of the file that replaced it. */
    static List<Check> check(FsckFiles files, long size) {
        OlderPartials partials = new OlderPartials(files);
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
        for (String name : files.list(directory)) {
            if (name.matches("[1-9][0-9]{0,2}") && Integer.parseInt(name) < width) {
                String path = directory + "/" + name;
                Optional<byte[]> newer = files.read(newest);
                Optional<byte[]> older = files.read(path); // a writer may have deleted it by now
                if (newer.isPresent()
                        && older.isPresent()
                        && !Arrays.equals(older.get(), beginning(newer.get(), full, Integer.parseInt(name)))) {
                    found.add(Check.fail(path, "is not the beginning of " + newest));
                }
            }
        }
    }

    /** As much of a tile's or bundle's file as its first hashes or entries take. */
    private static byte[] beginning(byte[] file, String full, int count) {
        int length = full.startsWith(TilePath.ENTRIES)
                ? EntryBundle.ofWhatCanBeRead(file, count).end()
                : count * Hash.LENGTH;
        return Arrays.copyOf(file, length);
    }
}
