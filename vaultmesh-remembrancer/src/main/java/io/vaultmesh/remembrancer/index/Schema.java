package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The tables. Everybody may read them with any SQLite tool, best through the view {@code memory}; nobody but us may write.
 *
 * <p>{@code words} and {@code titles} hold the words only, not the texts: {@code words} has title, component and version
 * in one column, body, string attributes and the subjects' hashes in the other; {@code titles} has the first column once more, because looking
 * for a rare word of titles among all that bodies have is too slow. Both use the leaf index as rowid. Ranking by {@code
 * bm25()} would read every match of every word, and its sizes of columns are left out.
 */
final class Schema {

    private static final int APPLICATION = 0x564d4958; // "VMIX"
    private static final int FORMAT = 2;

    private static final String FTS = "content='', columnsize=0, tokenize='unicode61 remove_diacritics 2')";

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE meta(
              id INTEGER PRIMARY KEY CHECK(id = 1),
              format INTEGER NOT NULL,
              origin TEXT NOT NULL,
              size INTEGER NOT NULL,
              root BLOB NOT NULL
            ) STRICT""",
            "CREATE TABLE author(id INTEGER PRIMARY KEY, did TEXT NOT NULL UNIQUE) STRICT",
            """
            CREATE TABLE component(
              id INTEGER PRIMARY KEY,
              name TEXT NOT NULL UNIQUE,
              records INTEGER NOT NULL
            ) STRICT""",
            """
            CREATE TABLE record(
              idx INTEGER PRIMARY KEY,
              id BLOB NOT NULL CHECK(length(id) = 32),
              kind TEXT NOT NULL,
              author INTEGER NOT NULL REFERENCES author,
              seq INTEGER NOT NULL,
              at INTEGER NOT NULL,
              title TEXT NOT NULL,
              component INTEGER REFERENCES component,
              version TEXT,
              key BLOB,
              body_digest BLOB,
              body_size INTEGER,
              body_type TEXT
            ) STRICT""",
            """
            CREATE TABLE attribute(
              idx INTEGER NOT NULL REFERENCES record,
              name TEXT NOT NULL,
              type TEXT NOT NULL CHECK(type IN ('string', 'number', 'boolean')),
              value ANY NOT NULL,
              PRIMARY KEY(idx, name)
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE link(
              idx INTEGER NOT NULL REFERENCES record,
              position INTEGER NOT NULL,
              rel TEXT NOT NULL,
              target BLOB NOT NULL,
              PRIMARY KEY(idx, position)
            ) STRICT, WITHOUT ROWID""",
            "CREATE VIRTUAL TABLE words USING fts5(title, text, " + FTS,
            "CREATE VIRTUAL TABLE titles USING fts5(title, " + FTS,
            """
            CREATE VIEW memory AS
            SELECT
              r.idx,
              lower(hex(r.id)) AS id,
              r.kind,
              r.title,
              c.name AS component,
              r.version,
              a.did AS author,
              r.seq,
              strftime('%Y-%m-%dT%H:%M:%fZ', r.at / 1000.0, 'unixepoch') AS at,
              lower(hex(r.body_digest)) AS body
            FROM record r
            JOIN author a ON a.id = r.author
            LEFT JOIN component c ON c.id = r.component""");

    private static final List<String> SECONDARY = List.of(
            "CREATE INDEX record_at ON record(at, idx)",
            "CREATE INDEX record_component ON record(component) WHERE component IS NOT NULL",
            "CREATE INDEX record_component_at ON record(component, at, idx) WHERE component IS NOT NULL",
            "CREATE INDEX record_kind ON record(kind)",
            "CREATE INDEX record_author_seq ON record(author, seq)",
            "CREATE INDEX record_key ON record(key, author) WHERE key IS NOT NULL",
            "CREATE INDEX attribute_value ON attribute(name, value, type)",
            "CREATE INDEX link_target ON link(target)");

    private Schema() {}

    /** Makes an index that holds nothing, but for what {@link #complete} adds. */
    static void create(Sqlite db, String origin) {
        db.execute("PRAGMA application_id = " + APPLICATION);
        db.execute("PRAGMA user_version = " + FORMAT);
        TABLES.forEach(db::execute);
        db.update(
                "INSERT INTO meta(id, format, origin, size, root) VALUES(1, ?, ?, ?, ?)",
                FORMAT,
                origin,
                IndexState.EMPTY.size(),
                IndexState.EMPTY.root().bytes());
    }

    /** Adds the secondary orders: quick when all records are there already. */
    static void complete(Sqlite db) {
        SECONDARY.forEach(db::execute);
    }

    /**
     * Whether a database is the index of a log, whole and with exactly these tables: a trigger or a view that somebody
     * added would run in our place.
     *
     * @throws IndexReplacedException if it was one until it was retired
     */
    static boolean isOf(Sqlite db, String origin) {
        return db.first(row -> row.getInt(1), "PRAGMA application_id").equals(Optional.of(APPLICATION))
                && db.first(row -> row.getInt(1), "PRAGMA user_version").equals(Optional.of(FORMAT))
                && found(db).equals(expected())
                && state(db).size() == held(db)
                && db.first(row -> row.getString(1), "SELECT origin FROM meta WHERE format = ?", FORMAT)
                        .equals(Optional.of(origin));
    }

    /** Without the tables in which FTS5 keeps its words: it makes and checks these. */
    private static List<String> found(Sqlite db) {
        return db.list(
                row -> row.getString(1),
                "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND NOT (type = 'table' AND "
                        + "(name GLOB 'words_*' OR name GLOB 'titles_*')) ORDER BY sql");
    }

    private static List<String> expected() {
        List<String> all = new ArrayList<>(TABLES);
        all.addAll(SECONDARY);
        return all.stream().sorted().toList();
    }

    private static long held(Sqlite db) {
        return db.list(row -> row.getLong(1), "SELECT ifnull(max(idx) + 1, 0) FROM record")
                .get(0);
    }

    static IndexState state(Sqlite db) {
        return db.first(
                        row -> new IndexState(row.getLong(1), Hash.of(row.getBytes(2))),
                        "SELECT size, root FROM meta WHERE id = 1")
                .orElseThrow(() -> new IndexReplacedException("the index says nothing of itself; it was replaced"));
    }

    static void setState(Sqlite db, IndexState state) {
        db.update(
                "UPDATE meta SET size = ?, root = ? WHERE id = 1",
                state.size(),
                state.root().bytes());
    }

    /** Tells processes that still read a file which is about to be replaced. */
    static void retire(Sqlite db) {
        db.update("DELETE FROM meta");
    }
}
