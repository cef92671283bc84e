package io.vaultmesh.examples.cli.shared;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody may have meant who typed a name that doesn't exist. */
final class Nearest {

    private static final int MOST = 3;

    private Nearest() {}

    /** The nearest names first: those with few wrong letters, at most three; or the best one, if none has few. */
    static List<String> of(String typed, Collection<String> names) {
        int few = Math.max(2, typed.length() / 3);
        List<String> sorted = names.stream()
                .sorted(Comparator.comparingInt((String name) -> distance(typed, name))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
        List<String> all =
                sorted.stream().filter(name -> distance(typed, name) <= few).toList();
        return all.isEmpty() ? sorted.subList(0, Math.min(1, sorted.size())) : all;
    }

    /** How many letters are missing, too many, other ones or swapped; one for the beginning of a name. */
    static int distance(String typed, String name) {
        if (name.startsWith(typed)) {
            return name.equals(typed) ? 0 : 1;
        }
        int[][] d = new int[typed.length() + 1][name.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= name.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int other = typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + other);
                if (i > 1
                        && j > 1
                        && typed.charAt(i - 1) == name.charAt(j - 2)
                        && typed.charAt(i - 2) == name.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[typed.length()][name.length()];
    }
}
