package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.remembrancer.Page;
import io.vaultmesh.remembrancer.index.Search;
import java.sql.SQLException;
import java.util.List;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Searches a million memories: for two words, both of which a record must have, and for a component. */
public class Searching {

    private static final PreparedMemory PREPARED = PreparedMemory.A_MILLION;
    private static final long SEED = 20261101;

    static final String MATCH = "SELECT rowid FROM words WHERE words MATCH ? LIMIT 10000";
    static final String SELECT = "SELECT idx, id, kind, title, version, at FROM record"
            + " WHERE component = (SELECT id FROM component WHERE name = ?) ORDER BY idx DESC LIMIT 20";

    /** What is asked for: two words of the title of some record, a component. */
    @State(Scope.Thread)
    public static class Questions {

        private final SplittableRandom random = new SplittableRandom(SEED);

        String words(String before, String between, String after) {
            List<String> title = PreparedMemory.title(random.nextInt(PREPARED.size()));
            return before + title.get(0) + between + title.get(1) + after;
        }

        String component() {
            return PreparedMemory.component(random.nextInt(PreparedMemory.COMPONENTS));
        }
    }

    /** A connection to its index. */
    @State(Scope.Benchmark)
    public static class Database {

        private final SqliteReader index = SqliteReader.open(PREPARED.index());

        @TearDown
        public void close() throws SQLException {
            index.close();
        }
    }

    /** A page of twenty hits, ranked, with the number of matches. */
    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public Page words(OpenMemory open, Questions questions) {
        return open.get().query(questions.words("", " ", "")).page();
    }

    /** The same question to the same table, without order: the first 10,000 numbers. */
    @Benchmark
    public int match(Database database, Questions questions) throws SQLException {
        return database.index.readAll(MATCH, questions.words("\"", "\" \"", "\""));
    }

    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public Page component(OpenMemory open, Questions questions) {
        return open.get().query(Search.all().component(questions.component())).page();
    }

    /** The columns of the twenty newest rows of the component. */
    @Benchmark
    public int select(Database database, Questions questions) throws SQLException {
        return database.index.readAll(SELECT, questions.component());
    }
}
