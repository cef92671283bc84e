package io.vaultmesh.core.assertion;

import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file that holds a trail as it was accepted once. */
final class GoldenFile {

    static final String PROPERTY = "vaultmesh.golden";
    static final String REFRESH = "refresh";

    private static final int HEAD = 3; // lines before the first entry
    private static final String HOW =
            "run this test once with -D" + PROPERTY + "=" + REFRESH + ", and review what changed in the file";

    private final Path file;

    GoldenFile(Path file) {
        this.file = file;
    }

    void check(MerkleLog log) {
        String mode = System.getProperty(PROPERTY, "");
        if (mode.equals(REFRESH)) {
            write(AuditTrail.text(log));
        } else if (mode.isEmpty()) {
            compare(read(), AuditTrail.lines(log), log.origin());
        } else {
            throw new IllegalArgumentException(
                    "system property " + PROPERTY + " is " + mode + ", expected " + REFRESH + " or none");
        }
    }

    private void write(String text) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write golden file " + file + ": " + e, e);
        }
    }

    private List<String> read() {
        try {
            // a version control system may have changed the line ends, which is no change of the trail
            String text = Files.readString(file, StandardCharsets.UTF_8).replace("\r\n", "\n");
            return List.of(text.split("\n"));
        } catch (NoSuchFileException e) {
            throw new AssertionError("there is no golden file " + file + "; to make it, " + HOW, e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read golden file " + file + ": " + e, e);
        }
    }

    private void compare(List<String> expected, List<String> was, String origin) {
        int first = firstDifference(expected, was, HEAD);
        if (first == Math.max(expected.size(), was.size())) {
            first = firstDifference(expected, was, 0);
            if (first >= HEAD) {
                return;
            }
        }
        String where = first < HEAD ? "line " + (first + 1) : "entry " + (first - HEAD);
        throw new AssertionError("the trail of " + origin + " is not that of golden file " + file + "; first at "
                + where
                + ":\n  expected: " + line(expected, first) + "\n  was:      " + line(was, first) + "\n"
                + "expected " + line(expected, 1) + ", " + line(expected, 2) + "\nwas      " + line(was, 1) + ", "
                + line(was, 2) + "\nif the trail is as it should be, " + HOW);
    }

    /** The first line from one on that isn't the same in both, or that only one has; one past the end of both if none. */
    private static int firstDifference(List<String> a, List<String> b, int from) {
        int i = from;
        while (i < Math.max(a.size(), b.size()) && line(a, i).equals(line(b, i))) {
            i++;
        }
        return i;
    }

    private static String line(List<String> lines, int i) {
        return i < lines.size() ? lines.get(i) : "nothing";
    }
}
