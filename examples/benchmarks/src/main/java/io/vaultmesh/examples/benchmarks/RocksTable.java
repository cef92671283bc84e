package io.vaultmesh.examples.benchmarks;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Entries in RocksDB by ascending numbers, written so that they are durable. Not thread-safe. */
final class RocksTable implements AutoCloseable {

    private final Options options;
    private final WriteOptions synced = new WriteOptions().setSync(true);
    private final RocksDB db;
    private final byte[] key = new byte[Long.BYTES];
    private long next;

    private RocksTable(Options options, RocksDB db) {
        this.options = options;
        this.db = db;
    }

    /** As RocksDB is by default, but that it doesn't try to compress: the entries are random. */
    static Options options() {
        return new Options().setCreateIfMissing(true).setCompressionType(CompressionType.NO_COMPRESSION);
    }

    // unchecked, as in Scratch
    static RocksTable create(Path directory, Options options) {
        try {
            return new RocksTable(options, RocksDB.open(options, directory.toString()));
        } catch (RocksDBException e) {
            throw new IllegalStateException("RocksDB can't create " + directory + ": " + e.getMessage(), e);
        }
    }

    /** Writes entries in one batch. */
    void putAll(List<byte[]> entries) throws RocksDBException {
        try (WriteBatch batch = new WriteBatch()) {
            for (byte[] entry : entries) {
                ByteBuffer.wrap(key).putLong(next++);
                batch.put(key, entry);
            }
            db.write(synced, batch);
        }
    }

    byte[] get(long number) throws RocksDBException {
        return db.get(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    @Override
    public void close() {
        db.close();
        synced.close();
        options.close();
    }
}
