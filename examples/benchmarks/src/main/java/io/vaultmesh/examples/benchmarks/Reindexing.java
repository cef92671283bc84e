package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.remembrancer.Remembrancer;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sqlite.SQLiteConfig;

/** Makes the index of a million memories anew. */
public class Reindexing {

    private static final PreparedMemory PREPARED = PreparedMemory.A_MILLION;

    /** The same titles and bodies, in memory. */
    @State(Scope.Benchmark)
    public static class Rows {

        private final String[] titles = IntStream.range(0, PREPARED.size())
                .mapToObj(number ->
                        String.join(" ", PreparedMemory.title(number)) + "\n" + PreparedMemory.component(number))
                .toArray(String[]::new);
        private final String[] texts = IntStream.range(0, PREPARED.size())
                .mapToObj(number -> PreparedMemory.body(number))
                .toArray(String[]::new);
        private final Path directory = Scratch.create();

        @TearDown
        public void delete() throws IOException {
            Scratch.delete(directory);
        }
    }

    /** Reads the log, takes each record apart, and makes all tables and orders of the index. */
    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public Remembrancer vaultmesh(OpenMemory open) {
        open.get().namespace("main").reindex();
        return open.get();
    }

    /** One table of FTS5 with its defaults, one transaction, neither a journal nor a force. */
    @Benchmark
    public Path fts5(Rows rows) throws SQLException {
        Path file = rows.directory.resolve("plain.db");
        SQLiteConfig config = new SQLiteConfig();
        config.setGetGeneratedKeys(false);
        try (Connection db = config.createConnection("jdbc:sqlite:" + file);
                Statement statement = db.createStatement()) {
            statement.execute("PRAGMA journal_mode = OFF");
            statement.execute("PRAGMA synchronous = OFF");
            statement.execute("PRAGMA cache_size = -64000");
            statement.execute("CREATE VIRTUAL TABLE plain USING fts5(title, text)");
            statement.execute("BEGIN");
            try (PreparedStatement insert = db.prepareStatement("INSERT INTO plain(title, text) VALUES(?, ?)")) {
                for (int i = 0; i < rows.titles.length; i++) {
                    insert.setString(1, rows.titles[i]);
                    insert.setString(2, rows.texts[i]);
                    insert.executeUpdate();
                }
            }
            statement.execute("COMMIT");
        }
        return file;
    }
}
