package io.vaultmesh.spawn.tree;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The path of a file below the directory of a service, with {@code /} between its segments: the same file on every
 * system, and never one outside.
 *
 * <p>Consists of printable ASCII characters. Refused are: an absolute path; an empty segment, {@code .} and {@code ..};
 * what Windows can't store ({@code < > : " | ? *} and {@code \}, a dot or space at the end of a segment, device names
 * such as {@code nul.txt}); a segment {@code .git} in any spelling that a file system may take for it, since whoever
 * writes there owns the repository; more than 255 characters in a segment or 1,024 in all.
 *
 * <p>Ordered by the characters' codes. Immutable and thread-safe.
 *
 * @param value the path
 */
public record RelativePath(String value) implements Comparable<RelativePath> {

    private static final int MAX_LENGTH = 1024;
    private static final int MAX_SEGMENT = 255;
    private static final String FORBIDDEN = "<>:\"|?*\\";
    private static final Pattern DEVICE = Pattern.compile("(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?: *\\..*)?");
    private static final Pattern GIT = Pattern.compile("\\.git|git~[0-9]+");

    /**
     * Creates a path.
     *
     * @param value the path
     * @throws IllegalArgumentException if it breaks one of the rules; the message says which
     */
    public RelativePath {
        if (value.isEmpty() || value.length() > MAX_LENGTH) {
            throw refused(value, "has " + value.length() + " characters, expected 1 to " + MAX_LENGTH);
        }
        value.chars()
                .filter(c -> c < 0x20 || c > 0x7E || FORBIDDEN.indexOf(c) >= 0)
                .findFirst()
                .ifPresent(c -> {
                    throw refused(
                            value,
                            String.format("contains the character U+%04X", c) + ", expected printable ASCII other than "
                                    + FORBIDDEN);
                });
        for (String segment : value.split("/", -1)) {
            check(value, segment);
        }
    }

    /**
     * A path from its text.
     *
     * @param value the path, with {@code /} between its segments
     * @return the path
     * @throws IllegalArgumentException if it breaks one of the rules; the message says which
     */
    public static RelativePath of(String value) {
        return new RelativePath(value);
    }

    private static void check(String path, String segment) {
        if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
            throw refused(path, "has the segment \"" + segment + "\", expected a path that stays below its directory");
        }
        if (segment.length() > MAX_SEGMENT) {
            throw refused(
                    path, "has a segment of " + segment.length() + " characters, expected at most " + MAX_SEGMENT);
        }
        if (segment.endsWith(".") || segment.endsWith(" ")) {
            throw refused(path, "has a segment that ends with a dot or a space, which Windows would drop");
        }
        String folded = segment.toLowerCase(Locale.ROOT);
        if (GIT.matcher(folded).matches()) {
            throw refused(path, "has the segment \"" + segment + "\", where git keeps its own files");
        }
        if (DEVICE.matcher(folded).matches()) {
            throw refused(path, "has the segment \"" + segment + "\", which is a device on Windows");
        }
    }

    private static IllegalArgumentException refused(String path, String why) {
        StringBuilder shown = new StringBuilder();
        path.chars().limit(MAX_SEGMENT).forEach(c -> shown.append(c < 0x20 || c > 0x7E ? '?' : (char) c));
        return new IllegalArgumentException("path \"" + shown + "\" " + why);
    }

    /**
     * The segments.
     *
     * @return at least one, the file's name last
     */
    public List<String> segments() {
        return List.of(value.split("/", -1));
    }

    /**
     * Where this path leads from a directory.
     *
     * @param directory the directory that this path is relative to
     * @return the path of the file
     */
    public Path in(Path directory) {
        return directory.resolve(value.replace("/", directory.getFileSystem().getSeparator()));
    }

    @Override
    public int compareTo(RelativePath other) {
        return value.compareTo(other.value);
    }

    /** The path itself. */
    @Override
    public String toString() {
        return value;
    }
}
