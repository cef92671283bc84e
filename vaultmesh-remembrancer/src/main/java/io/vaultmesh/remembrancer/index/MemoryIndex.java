package io.vaultmesh.remembrancer.index;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A view of a namespace's log that can be searched. The log is the truth: an index may be deleted at any time, proves
 * nothing, and is made again from the log if it is absent, behind, or damaged.
 *
 * <p>For who implements it: an index MUST be safe for many readers at once with one adder or loader beside them. What
 * {@link #add} was given MUST be seen as a whole or not at all, also after a crash; it MAY be lost if power fails, and
 * {@link #state} MUST then say so. An index MUST NOT repair itself silently, and MUST NOT start a thread that outlives
 * {@link #close}. Damage that an operation comes across MUST be an {@link IndexDamagedException}, a refusing disk an
 * {@link java.io.UncheckedIOException}. After {@link #close} every method but it MUST throw an
 * {@link IllegalStateException}.
 */
public interface MemoryIndex extends AutoCloseable {

    /**
     * Opens an index in SQLite for writing, or begins one. A file that is not the index of this log, or visibly damaged, is
     * deleted, and the index begun anew.
     *
     * @param file where it is; beside it stand, while it is open, files of the same name and {@code -wal}, {@code -shm}
     *     and {@code .new}. One process at a time may open it for writing
     * @param origin the log's origin
     * @return the index. Compare {@link #state} with the log
     * @throws java.io.UncheckedIOException if the disk refuses, or a directory that is not empty is in the file's place
     */
    static MemoryIndex sqlite(Path file, String origin) {
        return SqliteIndex.open(file, origin);
    }

    /**
     * An index in SQLite for reading only, also while another process writes it, and before there is one. When the writer
     * replaces it by one that was made anew, questions and streams go on with the new one. A question throws an
     * {@link IndexDamagedException} if there is none, or what is there is not the index of this log or visibly damaged.
     *
     * <p>A writer that finds no sound index begins an empty one, and fills it from the log. Until then questions are
     * answered from what is there, and a stream that began before throws an {@link IndexDamagedException}.
     *
     * @param file where it is; nothing is written to it, though SQLite may make {@code -wal} and {@code -shm} beside it
     * @param origin the log's origin
     * @return the index, which refuses what writes with an {@link UnsupportedOperationException}
     */
    static MemoryIndex readSqlite(Path file, String origin) {
        return SqliteIndex.read(file, origin);
    }

    /**
     * How far the index covers its log.
     *
     * @return its size and root; {@link IndexState#EMPTY} for a new one
     */
    IndexState state();

    /**
     * Adds records.
     *
     * @param records the next records, the first with the leaf index that {@link #state} gives as size; may be none
     * @param rootAfter the log's root hash over these and all earlier records
     * @throws IllegalArgumentException if the leaf indexes don't continue; nothing is added
     * @throws IndexDamagedException if the index is damaged; nothing is added
     * @throws java.io.UncheckedIOException if the disk refuses; nothing is added
     */
    void add(List<IndexedRecord> records, Hash rootAfter);

    /**
     * Begins the index anew beside the one that is in use, much faster than {@link #add} does. There is one load at a time:
     * a second one ends the first.
     *
     * @return where the records go
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    BulkLoad rebuild();

    /**
     * Forgets everything.
     *
     * @throws java.io.UncheckedIOException if the disk refuses
     */
    default void clear() {
        try (BulkLoad nothing = rebuild()) {
            nothing.finish(MerkleTree.emptyRoot());
        }
    }

    /**
     * Finds the first record that an author made under an idempotency key.
     *
     * @param author the author's did:key
     * @param keyHash the hash of the key
     * @return its leaf index; empty if there is none
     */
    OptionalLong indexOfKey(String author, Hash keyHash);

    /**
     * Finds where an author's records end.
     *
     * @param author the author's did:key
     * @return the author's highest sequence number; empty if the author has no record
     */
    Optional<AuthorTail> lastOf(String author);

    /**
     * Searches.
     *
     * @param search what for
     * @return a page of hits
     * @throws IllegalArgumentException if the search's expression is none, or its cursor is malformed or of another search
     *     or index; the message says what is wrong
     */
    default SearchResult search(Search search) {
        return search(search, Long.MAX_VALUE);
    }

    /**
     * Searches as if the index ended before a leaf index: what is beyond is neither given nor counted.
     *
     * @param search what for
     * @param end the leaf index after the last that counts; it may be beyond the index
     * @return a page of hits
     * @throws IllegalArgumentException as {@link #search(Search)} does, and if the cursor is of more records than count
     */
    SearchResult search(Search search, long end);

    /**
     * The records in the order of their authors' clocks, and of the log where these agree.
     *
     * @param timeline which of them
     * @return the records that there are now, read as the stream is. It holds nothing that has to be closed
     */
    default Stream<SearchHit> timeline(Timeline timeline) {
        return timeline(timeline, Long.MAX_VALUE);
    }

    /**
     * The records in the order of their authors' clocks, as if the index ended before a leaf index.
     *
     * @param timeline which of them
     * @param end the leaf index after the last that counts; it may be beyond the index
     * @return the records, as {@link #timeline(Timeline)} gives them
     */
    Stream<SearchHit> timeline(Timeline timeline, long end);

    /**
     * The components that records are about, in the order of their names.
     *
     * @param timeline which records count; components without any are left out
     * @return what is known of each, read as the stream is. It holds nothing that has to be closed
     */
    default Stream<ComponentActivity> components(Timeline timeline) {
        return components(timeline, Long.MAX_VALUE);
    }

    /**
     * The components that records are about, as if the index ended before a leaf index.
     *
     * @param timeline which records count; components without any are left out
     * @param end the leaf index after the last that counts; it may be beyond the index
     * @return what is known of each, as {@link #components(Timeline)} gives it
     */
    Stream<ComponentActivity> components(Timeline timeline, long end);

    /**
     * What the index holds, in the order of the log, to be compared with the log.
     *
     * @param from the first leaf index
     * @param to the leaf index after the last
     * @return the rows that there are, read as the stream is: one that the index lacks is left out. It holds nothing that
     *     has to be closed
     * @throws IllegalArgumentException if {@code from} is negative or after {@code to}
     */
    Stream<IndexRow> rows(long from, long to);

    /**
     * Reads the whole index and checks that it is sound in itself: every page, every secondary order, and the list of words.
     * Whether it says what the log says, only {@link #rows} can tell. Takes time in proportion to the index.
     *
     * @return whether it is sound
     */
    Verdict check();

    /** Ends the index; waits for what is running. Does nothing if it is closed already. */
    @Override
    void close();
}
