package io.vaultmesh.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Incident;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/FORMATS.md says of {@code index.db} is what any SQLite tool finds, beside the writer. */
class IndexFormatTest {

    @TempDir
    Path directory;

    private Remembrancer memory;
    private Connection index;
    private String formats;

    @BeforeEach
    void open() throws IOException, SQLException {
        formats = Files.readString(QuickstartTest.REPOSITORY.resolve("docs/FORMATS.md"));
        memory = Remembrancer.open(directory.resolve("memory"));
        Receipt deployed =
                memory.record(Deployment.of("ledger", "1.4.0").artifact("ledger.jar", Hashing.sha256(new byte[] {1})));
        memory.record(Incident.of("Ledger down", Incident.Severity.HIGH, "The disk was full.")
                .component("ledger")
                .link(Link.Rel.RELATES, deployed.id()));
        memory.record(Discovery.of("Disks fill up", "This one has no severity."));
        assertEquals(3, memory.query("").page().matches() + memory.timeline().count()); // it is indexed now
        index = DriverManager.getConnection(
                "jdbc:sqlite:file:" + directory.resolve("memory/namespaces/main/index.db") + "?mode=ro");
    }

    @AfterEach
    void close() throws SQLException {
        index.close();
        memory.close();
    }

    private List<List<String>> ask(String sql) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (Statement statement = index.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> values = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    values.add(String.valueOf(row.getString(i)));
                }
                rows.add(values);
            }
        }
        return rows;
    }

    private List<List<String>> shown(String name) throws SQLException {
        return ask(QuickstartTest.block(formats, name));
    }

    @Test
    void theQueriesFindWhatTheyAreFor() throws SQLException {
        List<List<String>> deployments = shown("index-deployments");
        assertEquals(1, deployments.size());
        assertEquals(List.of("ledger", "1.4.0"), deployments.get(0).subList(0, 2));
        assertTrue(deployments.get(0).get(2).endsWith("Z"), deployments.toString());

        assertEquals(List.of(List.of("relates", "incident", "Ledger down")), shown("index-references"));

        assertEquals(List.of(List.of("Ledger down", "high")), shown("index-words"));
    }

    @Test
    void everyTableAndColumnIsNamed() throws SQLException {
        List<List<String>> tables = ask("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') "
                + "AND name NOT LIKE 'words\\_%' ESCAPE '\\' AND name NOT LIKE 'titles\\_%' ESCAPE '\\'");
        assertEquals(9, tables.size(), tables.toString());
        String section = formats.substring(formats.indexOf("## The index of a namespace"));
        for (List<String> table : tables) {
            String row = section.lines()
                    .filter(line -> line.startsWith("| `" + table.get(0) + "` |"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(table + " is not in docs/FORMATS.md"));
            for (List<String> column : ask("SELECT name FROM pragma_table_info('" + table.get(0) + "')")) {
                assertTrue(row.contains("`" + column.get(0) + "`"), table + " has a column " + column + ": " + row);
            }
        }
    }
}
