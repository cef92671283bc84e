package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes records into the tables, within a transaction of the caller. Lives as long as that. Not thread-safe. */
final class RowWriter {

    private static final int REMEMBERED = 10_000;

    private static final String TITLE =
            "r.title || ifnull(char(10) || c.name, '') || ifnull(char(10) || r.version, '')";
    private static final String COMPONENT = "INSERT INTO component(name, records) VALUES(?, 0) "
            + "ON CONFLICT(name) DO UPDATE SET name = excluded.name RETURNING id";
    private static final String AUTHOR =
            "INSERT INTO author(did) VALUES(?) " + "ON CONFLICT(did) DO UPDATE SET did = excluded.did RETURNING id";

    private final Sqlite db;
    private final Map<String, Long> authors = new HashMap<>();
    private final Map<String, Long> components = new HashMap<>();
    private long next;
    private long derived; // the first record of which it isn't written yet what follows from it

    RowWriter(Sqlite db, long next) {
        this.db = db;
        this.next = next;
        this.derived = next;
    }

    long next() {
        return next;
    }

    /**
     * Writes records, but for what {@link #derive} adds.
     *
     * @throws IllegalArgumentException if their leaf indexes don't continue; none of them is written
     */
    void write(List<IndexedRecord> records) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).index() != next + i) {
                throw new IllegalArgumentException("leaf index of a record is "
                        + records.get(i).index() + ", expected " + (next + i) + ", at which the index continues");
            }
        }
        nameAll(records);
        records.forEach(this::write);
        next += records.size();
    }

    /**
     * Gives numbers to the names of authors and components before any words are written: a statement that returns something
     * is one that can be undone, for which FTS5 would write out the words it has by then.
     */
    private void nameAll(List<IndexedRecord> records) {
        forgetIfMany(authors);
        forgetIfMany(components);
        for (IndexedRecord indexed : records) {
            Predicate predicate = indexed.record().predicate();
            authors.computeIfAbsent(predicate.author(), name -> id(AUTHOR, name));
            predicate
                    .component()
                    .ifPresent(component -> components.computeIfAbsent(component, name -> id(COMPONENT, name)));
        }
    }

    private static void forgetIfMany(Map<String, Long> names) {
        if (names.size() > REMEMBERED) {
            names.clear();
        }
    }

    private long id(String sql, String name) {
        return db.list(row -> row.getLong(1), sql, name).get(0);
    }

    /** Adds what follows from the records written since the last time: in one go, which is quicker than one by one. */
    void derive() {
        db.update(
                "INSERT INTO titles(rowid, title) SELECT r.idx, " + TITLE + " FROM record r "
                        + "LEFT JOIN component c ON c.id = r.component WHERE r.idx >= ? ORDER BY r.idx",
                derived);
        db.update(
                "UPDATE component SET records = records + more.n FROM (SELECT component, count(*) AS n FROM record "
                        + "WHERE idx >= ? GROUP BY component) AS more WHERE more.component = component.id",
                derived);
        derived = next;
    }

    private void write(IndexedRecord indexed) {
        long index = indexed.index();
        MemoryRecord record = indexed.record();
        Predicate predicate = record.predicate();
        Optional<BodyRef> body = predicate.body();
        @Nullable Long component = predicate.component().map(components::get).orElse(null);
        db.update(
                "INSERT INTO record(idx, id, kind, author, seq, at, title, component, version, key, body_digest, "
                        + "body_size, body_type) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                index,
                record.id().bytes(),
                record.kind().label(),
                authors.get(predicate.author()),
                predicate.seq(),
                predicate.at().toEpochMilli(),
                predicate.title(),
                component,
                predicate.version().orElse(null),
                predicate.key().map(Hash::bytes).orElse(null),
                body.map(ref -> ref.digest().bytes()).orElse(null),
                body.map(BodyRef::size).orElse(null),
                body.map(BodyRef::mediaType).orElse(null));
        predicate.attributes().forEach((name, value) -> attribute(index, name, value));
        for (int i = 0; i < predicate.links().size(); i++) {
            Link link = predicate.links().get(i);
            db.update(
                    "INSERT INTO link(idx, position, rel, target) VALUES(?, ?, ?, ?)",
                    index,
                    i,
                    link.rel().name().toLowerCase(Locale.ROOT),
                    link.to().bytes());
        }
        words(index, record, indexed.text());
    }

    private void attribute(long index, String name, JsonValue value) {
        db.update(
                "INSERT INTO attribute(idx, name, type, value) VALUES(?, ?, ?, ?)",
                index,
                name,
                value.type(),
                scalar(value));
    }

    /** An attribute's value as SQLite has it: a text, a number, or for a boolean 0 or 1. */
    static Object scalar(JsonValue value) {
        if (value instanceof JsonString string) {
            return string.value();
        }
        if (value instanceof JsonBoolean flag) {
            return flag.value() ? 1L : 0L;
        }
        double number = ((JsonNumber) value).value();
        return number == (long) number ? (Object) (long) number : (Object) number;
    }

    private void words(long index, MemoryRecord record, String text) {
        Predicate predicate = record.predicate();
        // the same as TITLE
        StringBuilder title = new StringBuilder(predicate.title());
        predicate.component().ifPresent(value -> title.append('\n').append(value));
        predicate.version().ifPresent(value -> title.append('\n').append(value));
        StringBuilder rest = new StringBuilder(text);
        predicate.attributes().values().forEach(value -> {
            if (value instanceof JsonString string) {
                rest.append('\n').append(string.value());
            }
        });
        record.subjects().forEach(subject -> rest.append('\n').append(subject.digest()));
        db.update("INSERT INTO words(rowid, title, text) VALUES(?, ?, ?)", index, title.toString(), rest.toString());
    }
}
