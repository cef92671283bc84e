package io.vaultmesh.core.log;

import io.vaultmesh.core.hash.Hash;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the file of a run of the index: its pages, and the footer. Not thread-safe. */
final class IndexRunWriter {

    private final OutputStream out;
    private final IndexPage page = new IndexPage();
    private final int bits;
    private final long[] starts;
    private int startsSet;
    private long count;

    /** Starts the file of a run with so many records. */
    IndexRunWriter(OutputStream out, long expected) {
        this.out = out;
        this.bits = IndexFooter.bits(expected);
        this.starts = new long[(1 << bits) + 1];
    }

    /** Adds a record: sorted by prefix, unsigned, then by index. */
    void add(long prefix, long index) throws IOException {
        setStarts((int) (prefix >>> (Long.SIZE - bits)));
        page.add(prefix, index);
        count++;
        if (page.records() == IndexPage.RECORDS) {
            writePage();
        }
    }

    /** Ends a run about the entries from one index up to another, of which this is the last one's leaf hash. */
    void finish(long from, long to, Hash lastHash) throws IOException {
        if (page.records() > 0) {
            writePage();
        }
        setStarts(1 << bits);
        out.write(new IndexFooter(from, to, count, lastHash, starts).toBytes());
    }

    private void setStarts(int upTo) {
        while (startsSet <= upTo) {
            starts[startsSet++] = count;
        }
    }

    private void writePage() throws IOException {
        page.seal((count - 1) / IndexPage.RECORDS);
        out.write(page.array(), 0, IndexPage.bytesOf(page.records()));
        page.clear();
    }
}
