package io.vaultmesh.remembrancer.index;

import io.vaultmesh.remembrancer.index.Cursor.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One page of a search, within a read transaction of the caller. */
final class SqliteSearch {

    private final Sqlite db;
    private final Search search;
    private final String origin;
    private final Conditions conditions;
    private final long held; // how many records the index has
    private final long size; // how many of them count, the oldest

    SqliteSearch(Sqlite db, Search search, String origin, long end) {
        this.db = db;
        this.search = search;
        this.origin = origin;
        this.held = Schema.state(db).size();
        this.size = Math.min(held, end);
        this.conditions = Conditions.of(search);
    }

    SearchResult run() {
        return search.text()
                .map(text -> MatchText.expression(text, search.syntax()))
                .map(this::words)
                .orElseGet(this::all);
    }

    private SearchResult result(List<SearchHit> hits, Cursor after, boolean cut) {
        Optional<String> next =
                hits.isEmpty() || after.left() == 0 ? Optional.empty() : Optional.of(after.toText(search, origin));
        return new SearchResult(hits, next, cut, after.matches());
    }

    private Cursor begin(Tier tier, Matches.Count count) {
        boolean cut = count.matches() > Search.MAX_RANKED; // then the lowest is the one too many
        int matches = (int) Math.min(count.matches(), Search.MAX_RANKED);
        return new Cursor(size, cut ? count.lowest() : -1, matches, 0, tier, size);
    }

    private Cursor parse(String text) {
        Cursor cursor = Cursor.parse(text, search, origin);
        if (cursor.upper() > size) {
            throw new IllegalArgumentException("cursor is of " + cursor.upper()
                    + " records, expected of this index, which has " + size + " to search");
        }
        return cursor;
    }

    // ---- with words

    private SearchResult words(String expression) {
        Matches matches = new Matches(db, conditions, expression, search.syntax());
        Cursor at = search.cursor().map(this::parse).orElseGet(() -> begin(Tier.TITLE, matches.count(size)));
        boolean cut = at.floor() >= 0;
        int wanted = Math.min(search.limit(), at.left());
        List<Long> found = new ArrayList<>();
        if (at.tier() == Tier.TITLE) {
            found.addAll(matches.inTitles(at.last(), at.floor(), wanted));
            at = found.size() < wanted
                    ? at.after(found.size(), Tier.REST, at.upper())
                    : at.after(found.size(), Tier.TITLE, last(found, at));
        }
        if (found.size() < wanted) {
            List<Long> others = matches.elsewhere(at.last(), at.floor(), wanted - found.size());
            found.addAll(others);
            at = at.after(others.size(), Tier.REST, last(others, at));
        }
        return result(hits(found), at, cut);
    }

    private static long last(List<Long> found, Cursor at) {
        return found.isEmpty() ? at.last() : found.get(found.size() - 1);
    }

    private List<SearchHit> hits(List<Long> indexes) {
        return indexes.stream()
                .map(index -> db.first(
                                RowReader::hit,
                                "SELECT " + RowReader.HIT + " FROM record r" + RowReader.JOINS + " WHERE r.idx = ?",
                                index)
                        .orElseThrow(() -> new IndexDamagedException("record " + index + " is gone")))
                .toList();
    }

    // ---- without words

    private SearchResult all() {
        Cursor at = search.cursor().map(this::parse).orElseGet(() -> begin(Tier.REST, countAll()));
        int wanted = Math.min(search.limit(), at.left());
        List<SearchHit> hits = db.list(
                RowReader::hit,
                "SELECT " + RowReader.HIT + " FROM record r" + RowReader.JOINS + " WHERE r.idx < ?" + conditions.sql()
                        + " ORDER BY r.idx DESC LIMIT ?",
                conditions.between(List.of(at.last()), List.of(wanted)));
        long last = hits.isEmpty() ? at.last() : hits.get(hits.size() - 1).index();
        return result(hits, at.after(hits.size(), Tier.REST, last), at.floor() >= 0);
    }

    private Matches.Count countAll() {
        if (conditions.isEmpty()) {
            return new Matches.Count(size, 0);
        }
        // the condition that is asked for most; of records that don't count yet, its number knows nothing
        if (conditions.values().size() == 1 && search.component().isPresent() && size == held) {
            return db.first(
                            row -> new Matches.Count(row.getLong(1), 0),
                            "SELECT records FROM component WHERE name = ?",
                            search.component().get())
                    .orElse(new Matches.Count(0, 0));
        }
        return db.list(
                        row -> new Matches.Count(row.getLong(1), 0),
                        "SELECT count(*) FROM (SELECT 1 FROM record r WHERE r.idx < ?" + conditions.sql() + " LIMIT ?)",
                        conditions.between(List.of(size), List.of(Search.MAX_RANKED + 1)))
                .get(0);
    }
}
