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
    private final long size;

    private OlderPartials(FsckFiles files, long size) {
        this.files = files;
        this.size = size;
    }

    /** Names each that is not the beginning of the file that replaced it. */
    static List<Check> check(FsckFiles files, long size) {
        OlderPartials partials = new OlderPartials(files, size);
        List<Check> found = new ArrayList<>();
        for (int level = 0; TilePath.hashes(level, size) > 0; level++) {
            found.addAll(partials.compare(level));
        }
        return found;
    }

    private List<Check> compare(int level) {
        long hashes = TilePath.hashes(level, size);
        return files.range((hashes + TilePath.WIDTH - 1) / TilePath.WIDTH)
                .mapToObj(number -> {
                    int width = (int) Math.min(TilePath.WIDTH, hashes - number * TilePath.WIDTH);
                    List<Check> found = new ArrayList<>();
                    compare(
                            TilePath.tile(level, number, TilePath.WIDTH),
                            width,
                            TilePath.tile(level, number, width),
                            found);
                    if (level == 0) {
                        String bundle = TilePath.entries(number, TilePath.WIDTH);
                        compare(bundle, width, TilePath.entries(number, width), found);
                    }
                    return found;
                })
                .flatMap(List::stream)
                .toList();
    }

    private void compare(String full, int width, String newest, List<Check> found) {
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
