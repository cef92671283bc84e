package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A log's files at any size, made here from the specification and not by a {@link MerkleLog}, and every way in which a
 * source can be wrong about them. Not thread-safe.
 */
final class PublishedFiles implements LogStore {

    private final long forkedAt;
    private final List<Hash> leaves = new ArrayList<>();
    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, Runnable> whenRead = new HashMap<>();
    private final Set<String> absent = new TreeSet<>();
    private final Set<String> failing = new TreeSet<>();
    private final Map<String, byte[]> wrong = new HashMap<>();
    private List<String> reads = new ArrayList<>();
    private LogStore shown = this;
    private long size;

    PublishedFiles() {
        this(Long.MAX_VALUE);
    }

    private PublishedFiles(long forkedAt) {
        this.forkedAt = forkedAt;
    }

    /** A log by the same key that has other entries from an index on. */
    static PublishedFiles forkedAt(long index) {
        return new PublishedFiles(index);
    }

    static TrustedCheckpoint signedBy(NoteSigner signer, long size) {
        return new PublishedFiles().checkpoint(signer, size);
    }

    private byte[] entry(long index) {
        return index < forkedAt ? Logs.entry(index) : ("forked " + index).getBytes(UTF_8);
    }

    TrustedCheckpoint checkpoint(long of) {
        return checkpoint(Logs.SIGNER, of);
    }

    private TrustedCheckpoint checkpoint(NoteSigner signer, long of) {
        CompactRange range = new CompactRange();
        for (long i = 0; i < of; i++) {
            range.append(leaf(i));
        }
        Checkpoint checkpoint = new Checkpoint(signer.name(), of, range.root());
        return new TrustedCheckpoint(checkpoint, SignedNote.sign(checkpoint.toText(), signer));
    }

    private Hash leaf(long index) {
        for (long i = leaves.size(); i <= index; i++) {
            leaves.add(MerkleTree.leafHash(entry(i)));
        }
        return leaves.get((int) index);
    }

    long size() {
        return size;
    }

    /** Writes all that a log of a size has, and deletes the partial files that full ones replace. */
    void publish(long next) {
        List<Hash> level = new ArrayList<>();
        for (long i = 0; i < next; i++) {
            level.add(leaf(i));
        }
        for (int l = 0; !level.isEmpty(); l++) {
            List<Hash> above = new ArrayList<>();
            for (int n = 0; n * 256 < level.size(); n++) {
                List<Hash> tile = level.subList(n * 256, Math.min(level.size(), n * 256 + 256));
                write(TilePath.tile(l, n, tile.size()), bytes(tile));
                if (l == 0) {
                    write(TilePath.entries(n, tile.size()), bundle(n * 256L, tile.size()));
                }
                if (tile.size() == 256) {
                    CompactRange range = new CompactRange();
                    tile.forEach(range::append);
                    above.add(range.root());
                }
            }
            level = above;
        }
        size = next;
        showNote(checkpoint(next).note());
    }

    private void write(String path, byte[] content) {
        if (!path.contains(".p/")) {
            files.keySet().removeIf(old -> old.startsWith(path + ".p/"));
        }
        files.put(path, content);
    }

    private static byte[] bytes(List<Hash> hashes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        hashes.forEach(hash -> bytes.writeBytes(hash.bytes()));
        return bytes.toByteArray();
    }

    private byte[] bundle(long first, int count) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (long i = first; i < first + count; i++) {
            byte[] entry = entry(i);
            bytes.write(entry.length >> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }

    void showNote(SignedNote note) {
        files.put(CHECKPOINT, note.bytes());
    }

    /** The checkpoint of an earlier size, over the files of the larger one. */
    void rollBack(long to) {
        showNote(checkpoint(to).note());
    }

    /** From now on these are the files of another log. */
    void show(LogStore other) {
        shown = other;
    }

    void absent(String path) {
        absent.add(path);
    }

    void failAt(String path) {
        failing.add(path);
    }

    void flip(String path, int at) {
        wrong.clear();
        byte[] content = files.get(path).clone();
        content[at] ^= 1;
        wrong.put(path, content);
    }

    /** Every file is as it was written again. */
    void honest() {
        absent.clear();
        failing.clear();
        wrong.clear();
    }

    void whenReadNext(String path, Runnable act) {
        whenRead.put(path, () -> {
            whenRead.remove(path);
            act.run();
        });
    }

    void whenRead(String path, Runnable act) {
        whenRead.put(path, act);
    }

    /** The paths that were read since the last call, in order. */
    @CanIgnoreReturnValue
    List<String> takeReads() {
        List<String> taken = reads;
        reads = new ArrayList<>();
        return taken;
    }

    List<String> reads() {
        return reads;
    }

    Set<String> paths() {
        return new TreeSet<>(files.keySet());
    }

    int length(String path) {
        return files.get(path).length;
    }

    @Override
    public Optional<byte[]> read(String path) {
        reads.add(path);
        if (shown != this) {
            return shown.read(path);
        }
        whenRead.getOrDefault(path, () -> {}).run();
        if (failing.contains(path)) {
            throw new UncheckedIOException("can't read " + path, new IOException("failing"));
        }
        if (absent.contains(path)) {
            return Optional.empty();
        }
        return Optional.ofNullable(wrong.getOrDefault(path, files.get(path))).map(byte[]::clone);
    }

    @Override
    public List<String> list(String directory) {
        if (shown != this) {
            return shown.list(directory);
        }
        return files.keySet().stream()
                .filter(path -> path.matches("\\Q" + directory + "\\E/[^/]+"))
                .map(path -> path.substring(directory.length() + 1))
                .toList();
    }

    @Override
    public void delete(String path) {
        files.remove(path);
    }

    @Override
    public void writeIfAbsent(String path, byte[] content) {
        throw new AssertionError("a reader writes " + path);
    }

    @Override
    public void replaceCheckpoint(Optional<byte[]> expected, byte[] next) {
        throw new AssertionError("a reader writes the checkpoint");
    }
}
