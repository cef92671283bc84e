package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * A part of the index on disk, which never changes: for each leaf in {@code [from, to)} the first 8 bytes of its hash
 * (the prefix) and its index, sorted ({@link IndexPage}, {@link IndexFooter}). Of equal leaves, one may be left out if
 * the run has one with a smaller index.
 *
 * <p>The footer is checked when the file is opened, a page when it is read. Thread-safe.
 */
final class IndexRun implements Closeable {

    private final Path path;
    private final RandomAccessFile file; // not a channel: an interrupted thread would close it for all others
    private final IndexFooter footer;
    private final IndexPage page = new IndexPage();
    private long pageNumber = -1;
    private boolean closed;
    private boolean damaged;

    private IndexRun(Path path, RandomAccessFile file, IndexFooter footer) {
        this.path = path;
        this.file = file;
        this.footer = footer;
    }

    /** Says that a run was closed, since others took its place. */
    static final class ReplacedException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Opens a file; empty if its end isn't as it was written. What its pages are, is seen when they are read. */
    static Optional<IndexRun> open(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            Optional<IndexRun> run = IndexFooter.read(file).map(footer -> new IndexRun(path, file, footer));
            if (run.isEmpty()) {
                file.close();
            }
            return run;
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    static long prefix(Hash leafHash) {
        return ByteBuffer.wrap(leafHash.bytes()).getLong();
    }

    Path path() {
        return path;
    }

    long from() {
        return footer.from();
    }

    long to() {
        return footer.to();
    }

    long length() {
        return footer.to() - footer.from();
    }

    long count() {
        return footer.count();
    }

    Hash lastHash() {
        return footer.lastHash();
    }

    /** Whether something that was read is not what was written. Then the run's answers are right, but slow. */
    synchronized boolean isDamaged() {
        return damaged;
    }

    /**
     * The first index of a leaf, or -1.
     *
     * @throws ReplacedException if the run is closed
     */
    long find(Hash leafHash, LongFunction<Hash> leaves) throws ReplacedException {
        try {
            long prefix = prefix(leafHash);
            for (long record = lowerBound(prefix); ; record++) {
                long index = index(record, prefix);
                if (index < 0) {
                    return -1;
                }
                Hash candidate = leaves.apply(index);
                if (candidate.equals(leafHash)) {
                    return index;
                }
                if (prefix(candidate) != prefix) {
                    throw damaged(path + " has a prefix of entry " + index + " that isn't that of its leaf");
                }
            }
        } catch (ReplacedException e) {
            throw e;
        } catch (IOException damage) { // the answer must not depend on it
            for (long index = from(); index < to(); index++) {
                if (leaves.apply(index).equals(leafHash)) {
                    return index;
                }
            }
            return -1;
        }
    }

    /** The first record whose prefix is not less. */
    private synchronized long lowerBound(long prefix) throws IOException {
        long start = footer.start(prefix);
        long end = footer.end(prefix);
        if (start == end) {
            return end;
        }
        long first = start / IndexPage.RECORDS;
        long last = (end - 1) / IndexPage.RECORDS;
        long next = Math.min(footer.guess(prefix), end - 1) / IndexPage.RECORDS;
        for (int reads = 1; first <= last; reads++) {
            load(next);
            long pageStart = next * IndexPage.RECORDS;
            int from = (int) (Math.max(start, pageStart) - pageStart);
            int to = (int) Math.min(end - pageStart, page.records());
            if (Long.compareUnsigned(page.prefix(from), prefix) >= 0) {
                last = next - 1;
                next = last;
            } else if (Long.compareUnsigned(page.prefix(to - 1), prefix) < 0) {
                first = next + 1;
                next = first;
            } else {
                return pageStart + page.lowerBound(prefix, from, to);
            }
            if (reads > 1) { // the guess is mostly right, or one page off; if not, halving ends it
                next = (first + last) >>> 1;
            }
        }
        return Math.max(start, first * IndexPage.RECORDS);
    }

    /** The index that a record has, or -1 if its prefix is another one. */
    private synchronized long index(long record, long prefix) throws IOException {
        if (record >= footer.end(prefix)) {
            return -1;
        }
        load(record / IndexPage.RECORDS);
        int at = (int) (record % IndexPage.RECORDS);
        if (page.prefix(at) != prefix) {
            return -1;
        }
        long index = page.index(at);
        if (index < from() || index >= to()) {
            throw damaged(path + " has an index " + index);
        }
        return index;
    }

    private void load(long number) throws IOException {
        if (number != pageNumber) {
            pageNumber = -1;
            read(number, page);
            pageNumber = number;
        }
    }

    /** Reads a page. */
    synchronized void read(long number, IndexPage into) throws IOException {
        if (closed) {
            throw new ReplacedException();
        }
        int records = (int) Math.min(IndexPage.RECORDS, count() - number * IndexPage.RECORDS);
        try {
            file.seek(number * IndexPage.BYTES);
            file.readFully(into.array(), 0, IndexPage.bytesOf(records));
        } catch (IOException e) {
            damaged = true;
            throw e;
        }
        if (!into.isSealed(number, records)) {
            throw damaged("page " + number + " of " + path + " is not as it was written");
        }
    }

    private synchronized IOException damaged(String message) {
        damaged = true;
        return new IOException(message);
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        file.close();
    }
}
