package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.audit.PinnedCheckpoint;
import io.vaultmesh.remembrancer.disk.Durable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A document of somebody's, a README say, in which the newest checkpoints stand between two markers, so that nobody
 * maintains them by hand. The rest of the document is left as it is, to the byte.
 */
final class RootDocument {

    static final String BEGIN = PinnedCheckpoint.BEGIN;
    static final String END = PinnedCheckpoint.END;

    private final Path file;

    /**
     * Creates it.
     *
     * @param file the document
     * @throws IllegalArgumentException if it has not each marker once, in order
     * @throws UncheckedIOException if it can't be read
     */
    RootDocument(Path file) {
        try {
            this.file = file.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
        int[] unused = split(read());
    }

    /** Writes checkpoints between the markers, unless they are there. */
    synchronized void publish(List<TrustedCheckpoint> checkpoints) {
        String old = read();
        int[] inner = split(old);
        String notes = checkpoints.stream()
                .map(checkpoint -> "```\n" + checkpoint.note().toText() + "```\n\n")
                .collect(Collectors.joining());
        String block = "\n\n" + new String(notes.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String text = old.substring(0, inner[0]) + block + old.substring(inner[1]);
        if (!text.equals(old)) {
            write(text);
        }
    }

    /** Where the first marker ends, and the second begins. */
    private int[] split(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin || text.lastIndexOf(BEGIN) != begin || text.lastIndexOf(END) != end) {
            throw new IllegalArgumentException(
                    file + " has not the lines " + BEGIN + " and " + END + " once each, in this order");
        }
        return new int[] {begin + BEGIN.length(), end};
    }

    private String read() {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1); // every byte comes back as it was
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    private void write(String text) {
        Path aside = requireNonNull(file.getParent()).resolve("." + file.getFileName() + ".part");
        try {
            Files.copy(file, aside, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.writeString(aside, text, StandardCharsets.ISO_8859_1);
            Durable.force(aside); // else a power failure could leave nothing of the document
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e, e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
