package io.vaultmesh.remembrancer.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The records that match an expression, by leaf index.
 *
 * <p>FTS5 reads its lists of rare words up to twice as fast upwards as downwards. So a few matches are looked for upwards
 * first; if there seem to be no more than are ranked, all are read upwards and kept, and nothing is read twice.
 */
final class Matches {

    /**
     * How many there are.
     *
     * @param matches counted up to one more than are ranked
     * @param lowest the lowest leaf index among those that were counted, the newest first
     */
    record Count(long matches, long lowest) {}

    private static final int PROBE = 256;
    private static final int TOO_MANY = Search.MAX_RANKED + 1;

    private final Sqlite db;
    private final Conditions conditions;
    private final String expression;
    private final boolean syntax;
    private @Nullable List<Long> all; // the newest first, once they were read

    Matches(Sqlite db, Conditions conditions, String expression, boolean syntax) {
        this.db = db;
        this.conditions = conditions;
        this.expression = expression;
        this.syntax = syntax;
    }

    Count count(long size) {
        List<Long> probe = ask(row -> row.getLong(1), matching("words", "ASC"), arguments(expression, size, -1, PROBE));
        if (probe.size() < PROBE) {
            return keep(probe);
        }
        long reached = probe.get(PROBE - 1);
        if ((double) PROBE / (reached + 1) * size < 0.8 * Search.MAX_RANKED) {
            List<Long> rest = ask(
                            row -> numbers(row.getString(1)),
                            "SELECT group_concat(idx) FROM (" + matching("words", "ASC") + ")",
                            arguments(expression, size, reached, TOO_MANY - PROBE))
                    .get(0);
            if (PROBE + rest.size() < TOO_MANY) {
                return keep(Stream.concat(probe.stream(), rest.stream()).toList());
            }
        }
        return ask(
                        row -> new Count(row.getLong(1), row.getLong(2)),
                        "SELECT count(*), min(idx) FROM (" + matching("words", "DESC") + ")",
                        arguments(expression, size, -1, TOO_MANY))
                .get(0);
    }

    private <T> List<T> ask(Sqlite.Row<T> reader, String sql, @Nullable Object... values) {
        return syntax ? db.match(reader, sql, values) : db.list(reader, sql, values); // words are never a syntax error
    }

    private static List<Long> numbers(@Nullable String list) {
        return list == null
                ? List.of()
                : Arrays.stream(list.split(",")).map(Long::valueOf).toList();
    }

    private Count keep(List<Long> ascending) {
        List<Long> descending = new ArrayList<>(ascending);
        Collections.reverse(descending);
        all = descending;
        return new Count(descending.size(), 0);
    }

    /** The tables of words lead: they have the order. */
    private String matching(String table, String order) {
        String join = conditions.isEmpty() ? "" : " CROSS JOIN record r ON r.idx = " + table + ".rowid";
        return ("SELECT $.rowid AS idx FROM $" + join + " WHERE $ MATCH ? AND $.rowid < ? AND $.rowid > ?"
                        + conditions.sql() + " ORDER BY $.rowid " + order + " LIMIT ?")
                .replace("$", table);
    }

    private @Nullable Object[] arguments(String match, long below, long above, int limit) {
        return conditions.between(List.of(match, below, above), List.of(limit));
    }

    private List<Long> newest(String table, String match, long below, long above, int limit) {
        return ask(row -> row.getLong(1), matching(table, "DESC"), arguments(match, below, above, limit));
    }

    private List<Long> newest(long below, long above, int limit) {
        return all == null
                ? newest("words", expression, below, above, limit)
                : all.stream().filter(index -> index < below).limit(limit).toList();
    }

    /** The newest matches whose titles match, below a leaf index and above another. */
    List<Long> inTitles(long below, long above, int limit) {
        // words are all required, so that a title that has them is a match; an expression may say NOT
        return syntax
                ? newest("words", "(" + expression + ") AND {title} : (" + expression + ")", below, above, limit)
                : newest("titles", expression, below, above, limit);
    }

    /** The newest matches whose titles don't. */
    List<Long> elsewhere(long below, long above, int limit) {
        List<Long> found = new ArrayList<>();
        long last = below;
        while (found.size() < limit) {
            List<Long> some = newest(last, above, limit);
            if (some.isEmpty()) {
                break;
            }
            long lowest = some.get(some.size() - 1);
            Set<Long> titles = new HashSet<>(inTitles(last, lowest - 1, some.size()));
            some.stream()
                    .filter(index -> !titles.contains(index))
                    .limit(limit - found.size())
                    .forEach(found::add);
            last = lowest;
        }
        return found;
    }
}
