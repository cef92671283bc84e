package io.vaultmesh.federation.merge;

import io.vaultmesh.remembrancer.disk.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files of a merge. The two that are written may be there already, and are replaced; they are never among those that
 * are read, whose heads the receipt is about.
 *
 * @param left a list of events, as a JSON array
 * @param right another one
 * @param merged where the merged list is written, as canonical JSON
 * @param receipt where the receipt is written, as canonical JSON
 */
public record MergeFiles(Path left, Path right, Path merged, Path receipt) {

    /**
     * Names the files.
     *
     * @param left a list of events, as a JSON array
     * @param right another one
     * @param merged where the merged list is written, as canonical JSON
     * @param receipt where the receipt is written, as canonical JSON
     * @throws IllegalArgumentException if a file that is written is one of the others
     * @throws UncheckedIOException if that can't be found out
     */
    public MergeFiles {
        for (Path other : List.of(left, right, receipt)) {
            requireOther("merged", merged, other);
        }
        requireOther("receipt", receipt, left);
        requireOther("receipt", receipt, right);
    }

    private static void requireOther(String what, Path written, Path other) {
        try {
            boolean same = written.toAbsolutePath()
                            .normalize()
                            .equals(other.toAbsolutePath().normalize())
                    || (Files.exists(written) && Files.exists(other) && Files.isSameFile(written, other));
            if (same) {
                throw new IllegalArgumentException(
                        what + " is " + written + ", which is also " + other + ", expected a file of its own");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't compare " + written + " and " + other + ": " + e, e);
        }
    }

    EventList readLeft() {
        return read(left);
    }

    EventList readRight() {
        return read(right);
    }

    private static EventList read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            // one byte more than may be, so that a list that is too long is refused, and not cut
            return EventList.parse(in.readNBytes(EventList.MAX_BYTES + 1));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is no list of events: " + e.getMessage(), e);
        }
    }

    void write(EventList list, MergeReceipt signed) {
        AtomicFile.write(merged, list.bytes());
        AtomicFile.write(receipt, signed.bytes());
    }
}
