package io.vaultmesh.remembrancer.index;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An index in an SQLite database. */
final class SqliteIndex implements MemoryIndex {

    private final Path file;
    private final String origin;
    private final boolean writable;
    private final Readers readers;
    private final ReadWriteLock files = new ReentrantReadWriteLock(); // write: to close or replace them
    private final Object writing = new Object(); // taken after files
    private @Nullable Sqlite writer; // absent if only read, or closed
    private boolean closed;
    private @Nullable BulkLoad load;

    private SqliteIndex(Path file, String origin, @Nullable Sqlite writer) {
        this.file = file;
        this.origin = origin;
        this.writable = writer != null;
        this.writer = writer;
        this.readers = writable ? Readers.of(file) : Readers.following(file, origin);
    }

    static MemoryIndex open(Path file, String origin) {
        requireNonNull(origin, "origin");
        IndexFiles.createDirectory(file);
        IndexFiles.delete(IndexFiles.successor(file));
        return new SqliteIndex(file, origin, writer(file, origin));
    }

    static MemoryIndex read(Path file, String origin) {
        return new SqliteIndex(file, requireNonNull(origin, "origin"), null);
    }

    private static Sqlite writer(Path file, String origin) {
        if (Files.isRegularFile(file)) {
            Optional<Sqlite> sound = existing(file, origin);
            if (sound.isPresent()) {
                return sound.get();
            }
        }
        return IndexFiles.replacing(() -> {
            IndexFiles.delete(file);
            Sqlite db = Sqlite.open(file, Sqlite.Use.WRITE);
            try {
                db.transaction(() -> {
                    Schema.create(db, origin);
                    Schema.complete(db);
                });
                return db;
            } catch (RuntimeException e) {
                db.close();
                throw e;
            }
        });
    }

    private static Optional<Sqlite> existing(Path file, String origin) {
        try {
            Sqlite db = Sqlite.open(file, Sqlite.Use.WRITE);
            boolean ours = false;
            try {
                ours = Schema.isOf(db, origin);
            } finally {
                if (!ours) {
                    db.close();
                }
            }
            return ours ? Optional.of(db) : Optional.empty();
        } catch (IndexDamagedException e) { // the caller begins it anew
            return Optional.empty();
        }
    }

    private <T> T reading(Function<Sqlite, T> question) {
        return holding(() -> readers.read(question));
    }

    private <T> T holding(Supplier<T> action) {
        files.readLock().lock();
        try {
            requireOpen();
            return action.get();
        } finally {
            files.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the index " + file + " is closed");
        }
    }

    private void requireWritable() {
        if (!writable) {
            throw new UnsupportedOperationException("the index " + file + " was opened for reading only");
        }
    }

    @Override
    public IndexState state() {
        return reading(Schema::state);
    }

    @Override
    public void add(List<IndexedRecord> records, Hash rootAfter) {
        requireNonNull(rootAfter, "rootAfter");
        List<IndexedRecord> added = List.copyOf(records);
        requireWritable();
        boolean unused = holding(() -> {
            synchronized (writing) {
                Sqlite db = requireNonNull(writer, "writer");
                db.transaction(() -> {
                    RowWriter next = new RowWriter(db, Schema.state(db).size());
                    next.write(added);
                    next.derive();
                    Schema.setState(db, new IndexState(next.next(), rootAfter));
                });
            }
            return true;
        });
    }

    @Override
    public BulkLoad rebuild() {
        requireWritable();
        return holding(() -> {
            synchronized (writing) {
                if (load != null) {
                    load.close();
                }
                Path successor = IndexFiles.successor(file);
                IndexFiles.delete(successor);
                BulkLoad begun = new SqliteBulkLoad(successor, origin, this::replace);
                load = begun;
                return begun;
            }
        });
    }

    private void replace() {
        IndexFiles.forceSuccessor(file);
        files.writeLock().lock();
        try {
            requireOpen();
            Sqlite old = requireNonNull(writer, "writer");
            try {
                Schema.retire(old);
            } catch (IndexDamagedException e) {
                // other processes will find the damage as we did
            }
            release();
            writer = IndexFiles.replacing(() -> {
                IndexFiles.replace(file);
                return writer(file, origin);
            });
        } finally {
            files.writeLock().unlock();
        }
    }

    private void release() {
        readers.close();
        if (writer != null) {
            writer.close();
        }
    }

    @Override
    public OptionalLong indexOfKey(String author, Hash keyHash) {
        return reading(db -> Lookups.indexOfKey(db, author, keyHash));
    }

    @Override
    public Optional<AuthorTail> lastOf(String author) {
        return reading(db -> Lookups.lastOf(db, author));
    }

    @Override
    public SearchResult search(Search search, long end) {
        return reading(db -> new SqliteSearch(db, search, origin, end).run());
    }

    @Override
    public Stream<SearchHit> timeline(Timeline timeline, long end) {
        requireNonNull(timeline, "timeline");
        long size = Math.min(state().size(), end);
        return Pages.stream(last -> reading(db -> {
            requireAll(db, size);
            return Lookups.timeline(db, timeline, size, last);
        }));
    }

    @Override
    public Stream<ComponentActivity> components(Timeline timeline, long end) {
        requireNonNull(timeline, "timeline");
        long size = Math.min(state().size(), end);
        return Pages.stream(last -> reading(db -> {
            requireAll(db, size);
            return Lookups.components(db, timeline, size, last);
        }));
    }

    /** An index that another process began anew since a stream began may not have what the stream has still to show. */
    private static void requireAll(Sqlite db, long size) {
        IndexState now = Schema.state(db);
        if (now.size() < size) {
            throw new IndexDamagedException(
                    "the index was begun anew, and has " + now.size() + " records, expected at least " + size);
        }
    }

    @Override
    public Stream<IndexRow> rows(long from, long to) {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "rows are asked for from " + from + " to " + to + ", expected 0 <= from <= to");
        }
        return Pages.stream(last -> reading(db -> Lookups.rows(db, last == null ? from : last.index() + 1, to)));
    }

    @Override
    public Verdict check() {
        try {
            return reading(Lookups::check);
        } catch (IndexDamagedException e) { // so much that SQLite doesn't get to say what
            return Verdict.refuted(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void close() {
        files.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                if (load != null) {
                    load.close();
                }
                readers.close();
                if (writer != null) {
                    writer.makeReadableAlone();
                }
                release();
            }
        } finally {
            files.writeLock().unlock();
        }
    }
}
