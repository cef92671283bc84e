package io.vaultmesh.remembrancer.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.remembrancer.memory.Link;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anybody can ask with plain SQL, without our classes. */
class SchemaTest {

    @TempDir
    Path directory;

    private Connection connection;

    @BeforeEach
    void make() throws SQLException {
        Path file = directory.resolve("index.db");
        try (MemoryIndex index = MemoryIndex.sqlite(file, Records.ORIGIN)) {
            Records.Draft first = Records.draft()
                    .title("Ledger deployed")
                    .component("ledger")
                    .text("after the outage")
                    .attribute("canary", new JsonBoolean(true))
                    .attribute("where", new JsonString("production"));
            first.version = Optional.of("1.4.0");
            Records.Draft second = Records.draft().title("Router down").at(Records.START.plusMillis(22));
            second.links.add(new Link(Link.Rel.AMENDS, Records.hash("x")));
            second.seq = 1;
            Records.add(index, first, second);
        }
        connection = DriverManager.getConnection("jdbc:sqlite:" + file);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private List<String> ask(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                StringJoiner line = new StringJoiner("|");
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    line.add(String.valueOf(row.getString(i)));
                }
                rows.add(line.toString());
            }
        }
        return rows;
    }

    @Test
    void saysWhatItIs() throws SQLException {
        assertEquals(List.of("1447905624"), ask("PRAGMA application_id"));
        assertEquals(List.of("2"), ask("PRAGMA user_version"));
        assertEquals(List.of("delete"), ask("PRAGMA journal_mode"), "as it is closed");
        assertEquals(
                List.of("1|2|" + Records.ORIGIN + "|2|" + Records.root(2)),
                ask("SELECT id, format, origin, size, lower(hex(root)) FROM meta"));
        assertEquals(List.of("ok"), ask("PRAGMA integrity_check"));
        assertEquals(List.of(), ask("PRAGMA foreign_key_check"));
    }

    @Test
    void peopleReadTheMemoryByItsView() throws SQLException {
        assertEquals(
                List.of(
                        "0|" + Records.hash(Records.ORIGIN + 0)
                                + "|deployment|Ledger deployed|ledger|1.4.0|did:key:zAlice|0|2026-01-02T03:04:05.678Z|"
                                + Records.hash("after the outage"),
                        "1|" + Records.hash(Records.ORIGIN + 1)
                                + "|deployment|Router down|null|null|did:key:zAlice|1|2026-01-02T03:04:05.700Z|null"),
                ask("SELECT idx, id, kind, title, component, version, author, seq, at, nullif(body, '') "
                        + "FROM memory ORDER BY idx"));
    }

    @Test
    void wordsAttributesAndLinksAreTables() throws SQLException {
        assertEquals(
                List.of("Ledger deployed"),
                ask(
                        "SELECT title FROM memory WHERE idx IN (SELECT rowid FROM words WHERE words MATCH 'outage production')"));
        assertEquals(List.of("0"), ask("SELECT rowid FROM titles WHERE titles MATCH 'ledger AND 1'"));
        assertEquals(
                List.of("canary|boolean|1", "where|string|production"),
                ask("SELECT name, type, value FROM attribute WHERE idx = 0 ORDER BY name"));
        assertEquals(List.of("1|amends"), ask("SELECT idx, rel FROM link WHERE target = x'" + Records.hash("x") + "'"));
        assertEquals(List.of("ledger|1"), ask("SELECT name, records FROM component"));
    }

    @Test
    void everyQuestionHasItsIndex() throws SQLException {
        for (String[] question : new String[][] {
            {"record_at", "at > 5 ORDER BY at, idx"},
            {"record_at", "(at, idx) > (5, 7) ORDER BY at, idx"},
            {"record_component", "component = 1 ORDER BY idx DESC"},
            {"record_component_at", "component = 1 AND (at, idx) > (5, 7) ORDER BY at, idx"},
            {"record_kind", "kind = 'incident' ORDER BY idx DESC"},
            {"record_author_seq", "author = 1 AND seq = 5"},
            {"record_key", "key = x'00' AND author = 1 ORDER BY idx"},
        }) {
            String plan = String.join("; ", ask("EXPLAIN QUERY PLAN SELECT * FROM record WHERE " + question[1]));
            assertEquals(true, plan.contains("USING INDEX " + question[0] + " "), question[1] + ": " + plan);
            assertEquals(false, plan.contains("TEMP B-TREE"), question[1] + ": " + plan);
        }
    }
}
