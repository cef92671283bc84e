package io.vaultmesh.scheduler.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.note.SignedNote;
import java.util.Locale;

/**
 * Where a signed checkpoint stands in a git tree: a directory for each part of the origin, the size in groups of three digits
 * as tiles are numbered, and as the file's name the last group and the note's hash. So directories stay small, and no two
 * notes share a path.
 */
final class GitPath {

    private static final int SHOWN_DIGITS = 16;
    private static final int GROUP = 1000;

    private GitPath() {}

    /** The path, with {@code /} between names. It follows from the note alone. */
    static String of(SignedNote note) {
        Checkpoint checkpoint = Checkpoint.parse(note.text());
        StringBuilder path = new StringBuilder();
        for (String part : checkpoint.origin().split("/", -1)) {
            path.append(name(part)).append('/');
        }
        return path.append(directories(checkpoint.size() / GROUP))
                .append(group(checkpoint.size()))
                .append('-')
                .append(Hashing.sha256(note.bytes()).toString(), 0, SHOWN_DIGITS)
                .toString();
    }

    private static String directories(long groups) {
        return groups == 0 ? "" : directories(groups / GROUP) + "x" + group(groups) + "/";
    }

    private static String group(long number) {
        return String.format(Locale.ROOT, "%03d", number % GROUP);
    }

    /** A name that git takes, on every system that it may be checked out on, and different for different parts. */
    private static String name(String part) {
        if (part.isEmpty()) {
            return "%";
        }
        StringBuilder name = new StringBuilder();
        byte[] bytes = part.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            if (isPlain(bytes, i)) {
                name.append((char) bytes[i]);
            } else {
                name.append(String.format(Locale.ROOT, "%%%02X", bytes[i] & 0xFF));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(byte[] bytes, int i) {
        int c = bytes[i];
        if (c == '.') {
            return i > 0 && i < bytes.length - 1; // .git, .. and names that Windows takes for others
        }
        if (c == '~') {
            return i + 1 < bytes.length && !isDigit(bytes[i + 1]); // git~1 is .git on some file systems
        }
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
