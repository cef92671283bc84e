package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The questions that need no words. */
final class Lookups {

    private static final String AUTHOR = "(SELECT id FROM author WHERE did = ?)";

    private Lookups() {}

    static OptionalLong indexOfKey(Sqlite db, String author, Hash keyHash) {
        return db
                .list(
                        row -> row.getLong(1),
                        "SELECT idx FROM record WHERE key = ? AND author = " + AUTHOR + " ORDER BY idx LIMIT 1",
                        keyHash.bytes(),
                        author)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    static Optional<AuthorTail> lastOf(Sqlite db, String author) {
        return db.first(row -> row.getLong(1), "SELECT id FROM author WHERE did = ?", author)
                .flatMap(id -> db.first(
                        row -> new AuthorTail(row.getLong(1), row.getLong(2)),
                        "SELECT seq, idx FROM record WHERE author = ? AND seq = "
                                + "(SELECT max(seq) FROM record WHERE author = ?) ORDER BY idx LIMIT 1",
                        id,
                        id));
    }

    /** The hits after one, or the first ones. */
    static List<SearchHit> timeline(Sqlite db, Timeline timeline, long size, @Nullable SearchHit last) {
        long at = last == null ? Millis.since(timeline.since()) : last.at().toEpochMilli();
        long index = last == null ? -1 : last.index();
        String rows = "SELECT " + RowReader.HIT + " FROM record r" + RowReader.JOINS
                + " WHERE (r.at, r.idx) > (?, ?) AND r.at < ? AND r.idx < ?";
        String order = " ORDER BY r.at, r.idx LIMIT " + Pages.LENGTH;
        long until = Millis.until(timeline.until());
        return timeline.component()
                .map(name -> db.list(
                        RowReader::hit,
                        rows + " AND r.component = (SELECT id FROM component WHERE name = ?)" + order,
                        at,
                        index,
                        until,
                        size,
                        name))
                .orElseGet(() -> db.list(RowReader::hit, rows + order, at, index, until, size));
    }

    /** The components after one, or the first ones. */
    static List<ComponentActivity> components(
            Sqlite db, Timeline timeline, long size, @Nullable ComponentActivity last) {
        return db.list(
                row -> new ComponentActivity(
                        row.getString(1),
                        row.getLong(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        Instant.ofEpochMilli(row.getLong(4))),
                "SELECT c.name, count(*), min(r.at), max(r.at) FROM component c CROSS JOIN record r ON r.component = c.id "
                        + "WHERE c.name > ? AND (? IS NULL OR c.name = ?) AND r.at >= ? AND r.at < ? AND r.idx < ? "
                        + "GROUP BY c.name ORDER BY c.name LIMIT " + Pages.LENGTH,
                last == null ? "" : last.component(),
                timeline.component().orElse(null),
                timeline.component().orElse(null),
                Millis.since(timeline.since()),
                Millis.until(timeline.until()),
                size);
    }

    /** The first rows in a range. */
    static List<IndexRow> rows(Sqlite db, long from, long to) {
        // not by adding to the first index: what is missing would end the page
        Optional<Long> end = db.first(
                row -> row.getLong(1),
                "SELECT idx FROM record WHERE idx >= ? AND idx < ? ORDER BY idx LIMIT 1 OFFSET " + Pages.LENGTH,
                from,
                to);
        return RowReader.rows(db, from, end.orElse(to));
    }

    static Verdict check(Sqlite db) {
        List<String> findings = db.list(row -> row.getString(1), "PRAGMA integrity_check(10)");
        return findings.equals(List.of("ok"))
                ? Verdict.proven()
                : Verdict.refuted("the index is damaged: " + String.join("; ", findings));
    }
}
