package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.hash.Hash;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database that is filled without a journal, in one go, and then takes the place of another. */
final class SqliteBulkLoad implements BulkLoad {

    // few large lists of words rather than many small ones that would have to be merged; FTS5 begins with 1 MiB
    private static final int WORDS_IN_MEMORY = 1 << 24;
    private static final int WORDS_IN_MEMORY_LATER = 1 << 20;

    private final Path file;
    private final Runnable replace;
    private @Nullable Sqlite db;
    private final RowWriter writer;

    /**
     * Begins a load.
     *
     * @param file the database to fill, which doesn't exist
     * @param replace puts the finished file into its place
     */
    SqliteBulkLoad(Path file, String origin, Runnable replace) {
        this.file = file;
        this.replace = replace;
        Sqlite begun = Sqlite.open(file, Sqlite.Use.LOAD);
        this.db = begun;
        this.writer = new RowWriter(begun, 0);
        begun.loading(true);
        Schema.create(begun, origin);
        wordsInMemory(begun, WORDS_IN_MEMORY);
    }

    private static void wordsInMemory(Sqlite db, int bytes) {
        db.update("INSERT INTO words(words, rank) VALUES('hashsize', ?)", bytes);
        db.update("INSERT INTO titles(titles, rank) VALUES('hashsize', ?)", bytes / 4);
    }

    private Sqlite open() {
        if (db == null) {
            throw new IllegalStateException("the load is finished or closed");
        }
        return db;
    }

    @Override
    public void add(List<IndexedRecord> records) {
        Sqlite unused = open();
        writer.write(records);
    }

    @Override
    public void finish(Hash root) {
        Sqlite loaded = open();
        writer.derive();
        Schema.setState(loaded, new IndexState(writer.next(), root));
        Schema.complete(loaded);
        wordsInMemory(loaded, WORDS_IN_MEMORY_LATER);
        loaded.loading(false);
        loaded.execute("PRAGMA journal_mode = WAL"); // as who opens it next has it
        db = null;
        loaded.close();
        replace.run();
    }

    @Override
    public void close() {
        if (db != null) {
            Sqlite abandoned = db;
            db = null;
            abandoned.close();
            IndexFiles.delete(file);
        }
    }
}
