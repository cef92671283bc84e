package io.vaultmesh.core.faults;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.merkle.MerkleTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Changes bytes of a log's directory, one at a time, and looks who notices. */
final class FlippedByte {

    enum Noticed {
        BY_OPEN,
        BY_FSCK,
        /** By open, which takes the log for a copy and signs nothing; all can be read. */
        AS_A_COPY,
        /** By nobody, and everything is there: the byte is not used. */
        UNUSED
    }

    private final Path directory;
    private final Map<Path, byte[]> intact;
    private final List<Hash> entries;

    /** The directory of a log, its files as they should be, and the leaf hashes of its entries. */
    FlippedByte(Path directory, Map<Path, byte[]> files, List<Hash> entries) throws IOException {
        this.directory = directory;
        this.intact = files;
        this.entries = List.copyOf(entries);
        restore();
    }

    /** The files below a directory, by path. */
    static Map<Path, byte[]> files(Path directory) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        for (Path file : Directories.files(directory)) {
            files.put(directory.relativize(file), Files.readAllBytes(file));
        }
        return files;
    }

    Map<Path, byte[]> files() {
        return intact;
    }

    /**
     * Changes a byte, opens the log, and puts everything back.
     *
     * @throws AssertionError if anything is lost that nobody noticed, or an open that failed left changes
     */
    Noticed change(Path file, int at, byte value) throws IOException {
        byte[] changed = intact.get(file).clone();
        changed[at] = value;
        Files.write(directory.resolve(file), changed);
        Noticed noticed;
        try (MerkleLog log = Keys.open(directory)) {
            noticed = look(log);
        } catch (LogDamagedException byOpen) {
            requireUntouchedBut(file, changed);
            noticed = Noticed.BY_OPEN;
        }
        restore();
        return noticed;
    }

    private Noticed look(MerkleLog log) {
        if (log.size() != entries.size()) {
            throw new AssertionError("opened with " + log.size() + " entries of " + entries.size());
        }
        try {
            List<Hash> found = new ArrayList<>();
            Report report = log.fsck(entry -> found.add(MerkleTree.leafHash(entry.bytes())));
            if (!report.passed()) {
                return Noticed.BY_FSCK;
            }
            log.entries().forEach(entry -> {
                if (!MerkleTree.leafHash(entry.bytes()).equals(entries.get((int) entry.index()))) {
                    throw new AssertionError("entry " + entry.index() + " was changed, and fsck passed");
                }
            });
            if (!found.equals(entries)) {
                throw new AssertionError("fsck passed without having seen all entries");
            }
            return log.copied() ? Noticed.AS_A_COPY : Noticed.UNUSED;
        } catch (LogDamagedException onPublishing) {
            return Noticed.BY_FSCK;
        }
    }

    /** An open that says that the log is damaged changes nothing. */
    private void requireUntouchedBut(Path file, byte[] changed) throws IOException {
        for (Map.Entry<Path, byte[]> each : intact.entrySet()) {
            byte[] expected = each.getKey().equals(file) ? changed : each.getValue();
            if (!Arrays.equals(Files.readAllBytes(directory.resolve(each.getKey())), expected)) {
                throw new AssertionError("open found damage and changed " + each.getKey());
            }
        }
        for (Path found : Directories.files(directory)) {
            if (!intact.containsKey(directory.relativize(found))) {
                throw new AssertionError("open found damage and made " + found);
            }
        }
    }

    /** Puts everything back. */
    void restore() throws IOException {
        for (Path found : Directories.files(directory)) {
            if (!intact.containsKey(directory.relativize(found))) {
                Files.delete(found);
            }
        }
        for (Map.Entry<Path, byte[]> file : intact.entrySet()) {
            Path target = directory.resolve(file.getKey());
            if (!Files.exists(target) || !Arrays.equals(Files.readAllBytes(target), file.getValue())) {
                Files.createDirectories(target.getParent());
                Files.write(target, file.getValue());
            }
        }
    }
}
