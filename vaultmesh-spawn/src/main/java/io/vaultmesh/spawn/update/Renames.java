package io.vaultmesh.spawn.update;

import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds files under new names, by what they hold: the same, or at least half of it, as git does. An empty file is like
 * any other empty file, and so is never found.
 */
final class Renames {

    /** At how many hundredths files are one: git's default, too. */
    private static final int ENOUGH = 50;

    private static final int ALL = 100;

    private record Pair(RelativePath from, RelativePath to, int score) {

        boolean hasSameName() {
            List<String> ofFrom = from.segments();
            List<String> ofTo = to.segments();
            return ofFrom.get(ofFrom.size() - 1).equals(ofTo.get(ofTo.size() - 1));
        }
    }

    private Renames() {}

    /** Whether files of these sizes can be similar enough to be looked at. */
    static boolean isPossible(long from, long to) {
        return from > 0 && Math.min(from, to) * ALL >= Math.max(from, to) * ENOUGH;
    }

    /**
     * Finds new names, the most similar files first; each name is given once.
     *
     * @param lost files that are not where they were generated, as they were generated
     * @param candidates files that nobody generated
     * @return the new name of each file for which there is one
     */
    static Map<RelativePath, RelativePath> find(
            Map<RelativePath, FileContent> lost, Map<RelativePath, FileContent> candidates) {
        List<Pair> pairs = new ArrayList<>();
        lost.forEach((from, old) -> candidates.forEach((to, now) -> {
            int score = score(old, now);
            if (score >= ENOUGH) {
                pairs.add(new Pair(from, to, score));
            }
        }));
        pairs.sort(Comparator.comparing(Pair::score)
                .thenComparing(Pair::hasSameName)
                .reversed()
                .thenComparing(Pair::from)
                .thenComparing(Pair::to));
        Map<RelativePath, RelativePath> found = new TreeMap<>();
        Set<RelativePath> taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (!found.containsKey(pair.from) && taken.add(pair.to)) {
                found.put(pair.from, pair.to);
            }
        }
        return found;
    }

    /** How much of the larger file is in both, in hundredths; line ends don't count. */
    private static int score(FileContent old, FileContent now) {
        if (!isPossible(old.size(), now.size())) {
            return 0;
        }
        if (old.equals(now)) {
            return ALL;
        }
        Map<String, Integer> lines = new HashMap<>();
        old.text().lines().forEach(line -> lines.merge(line, 1, Integer::sum));
        long[] sum = new long[2];
        now.text().lines().forEach(line -> {
            sum[0] += line.length() + 1L;
            if (lines.getOrDefault(line, 0) > 0) {
                lines.merge(line, -1, Integer::sum);
                sum[1] += line.length() + 1L;
            }
        });
        long ofOld = old.text().lines().mapToLong(line -> line.length() + 1L).sum();
        return (int) (sum[1] * (ALL - 1) / Math.max(ofOld, sum[0]));
    }
}
