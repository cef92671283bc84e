package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads records from the tables. Columns are counted from 1 in the order in which {@link #HIT} and {@link #ROW} name them. */
final class RowReader {

    /** What a hit is made of, of {@code record r}, {@code author a} and {@code component c}. */
    static final String HIT = "r.idx, r.id, r.kind, r.title, c.name, r.version, a.did, r.at";

    /** The tables of {@link #HIT} beside {@code record r}. */
    static final String JOINS = " JOIN author a ON a.id = r.author LEFT JOIN component c ON c.id = r.component";

    private static final String ROW = HIT + ", r.seq, r.key, r.body_digest, r.body_size, r.body_type";

    private RowReader() {}

    static SearchHit hit(ResultSet row) throws SQLException {
        return new SearchHit(
                row.getLong(1),
                Hash.of(row.getBytes(2)),
                kind(row.getString(3)),
                row.getString(4),
                Optional.ofNullable(row.getString(5)),
                Optional.ofNullable(row.getString(6)),
                row.getString(7),
                Instant.ofEpochMilli(row.getLong(8)));
    }

    private static Kind kind(String label) {
        return Kind.valueOf(label.toUpperCase(Locale.ROOT));
    }

    /** What the tables hold of the records in a range. */
    static List<IndexRow> rows(Sqlite db, long from, long to) {
        Map<Long, SortedMap<String, JsonValue>> attributes = new HashMap<>();
        db.list(
                        RowReader::attribute,
                        "SELECT idx, name, type, value FROM attribute WHERE idx >= ? AND idx < ?",
                        from,
                        to)
                .forEach(found -> attributes
                        .computeIfAbsent(found.index(), index -> new TreeMap<>())
                        .put(found.name(), found.value()));
        Map<Long, List<Link>> links = new HashMap<>();
        db.list(
                        row -> Map.entry(row.getLong(1), link(row)),
                        "SELECT idx, rel, target FROM link WHERE idx >= ? AND idx < ? ORDER BY idx, position",
                        from,
                        to)
                .forEach(found -> links.computeIfAbsent(found.getKey(), index -> new ArrayList<>())
                        .add(found.getValue()));
        return db.list(
                row -> row(row, attributes, links),
                "SELECT " + ROW + " FROM record r" + JOINS + " WHERE r.idx >= ? AND r.idx < ? ORDER BY r.idx",
                from,
                to);
    }

    private record Attribute(long index, String name, JsonValue value) {}

    private static Attribute attribute(ResultSet row) throws SQLException {
        return new Attribute(row.getLong(1), row.getString(2), value(row));
    }

    private static JsonValue value(ResultSet row) throws SQLException {
        String type = row.getString(3);
        return switch (type) {
            case "string" -> new JsonString(row.getString(4));
            case "number" -> new JsonNumber(row.getDouble(4));
            case "boolean" -> new JsonBoolean(row.getInt(4) != 0);
            default -> throw new IllegalArgumentException("type of an attribute is " + type);
        };
    }

    private static Link link(ResultSet row) throws SQLException {
        return new Link(Link.Rel.valueOf(row.getString(2).toUpperCase(Locale.ROOT)), Hash.of(row.getBytes(3)));
    }

    private static IndexRow row(
            ResultSet row, Map<Long, SortedMap<String, JsonValue>> attributes, Map<Long, List<Link>> links)
            throws SQLException {
        SearchHit hit = hit(row);
        Optional<BodyRef> body = row.getBytes(11) == null
                ? Optional.empty()
                : Optional.of(new BodyRef(Hash.of(row.getBytes(11)), row.getLong(12), row.getString(13)));
        return new IndexRow(
                hit.index(),
                hit.id(),
                hit.kind(),
                hit.author(),
                row.getLong(9),
                hit.at(),
                hit.title(),
                hit.component(),
                hit.version(),
                attributes.getOrDefault(hit.index(), new TreeMap<>()),
                links.getOrDefault(hit.index(), List.of()),
                body,
                Optional.ofNullable(row.getBytes(10)).map(Hash::of));
    }
}
