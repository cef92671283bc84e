package io.vaultmesh.remembrancer;

import io.vaultmesh.core.log.TrustedCheckpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A document of somebody's, a README say, in which the newest checkpoints stand between two markers, so that nobody
 * maintains them by hand. The rest of the document is left as it is, to the byte.
 */
final class RootDocument {

    static final String BEGIN = "<!-- vaultmesh:root -->";
    static final String END = "<!-- /vaultmesh:root -->";

    private final Path file;

    /**
     * Creates it.
     *
     * @param file the document
     * @throws IllegalArgumentException if it has not each marker once, in order
     * @throws UncheckedIOException if it can't be read
     */
    RootDocument(Path file) {
        this.file = file;
        split(read());
    }

    /** Writes checkpoints between the markers, unless they are there. */
    void publish(List<TrustedCheckpoint> checkpoints) {
        String old = read();
        int[] inner = split(old);
        String notes = checkpoints.stream()
                .map(checkpoint -> "\n```\n" + checkpoint.note().toText() + "```\n")
                .collect(Collectors.joining());
        String text = old.substring(0, inner[0]) + notes + old.substring(inner[1]);
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
}
