package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteKeys;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a log claims to hold at one size (C2SP tlog-checkpoint): the text of a signed note.
 *
 * <pre>
 * origin
 * size in decimal
 * root hash in Base64
 * </pre>
 *
 * <p>A checkpoint is a claim. Nothing is proven against one, only against a {@link TrustedCheckpoint}. Immutable and
 * thread-safe.
 *
 * @param origin the log's name, which is its key's name too
 * @param size the tree size
 * @param root the root hash of the tree of that size
 */
public record Checkpoint(String origin, long size, Hash root) {

    // extension lines are refused: this library writes none and would not know what it signs
    private static final Pattern TEXT = Pattern.compile("([^\n]+)\n(0|[1-9][0-9]{0,18})\n([A-Za-z0-9+/]{43}=)\n");

    /**
     * Creates a checkpoint.
     *
     * @param origin the log's name, which is its key's name too
     * @param size the tree size
     * @param root the root hash of the tree of that size
     * @throws IllegalArgumentException if the origin is not a legal key name, or the size is negative
     */
    public Checkpoint {
        origin = NoteKeys.requireName(origin);
        requireNonNull(root, "root");
        if (size < 0) {
            throw new IllegalArgumentException("tree size is " + size + ", expected at least 0");
        }
    }

    /**
     * Reads the text of a checkpoint.
     *
     * @param text the text of the note
     * @return the checkpoint
     * @throws IllegalArgumentException if it is not one, or has extension lines
     */
    public static Checkpoint parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a checkpoint: \"" + text.replace("\n", "\\n")
                    + "\", expected three lines: origin, size in decimal, root hash in Base64");
        }
        try {
            return new Checkpoint(
                    matcher.group(1), Long.parseLong(matcher.group(2)), Hash.parseBase64(matcher.group(3)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("tree size " + matcher.group(2) + " is beyond 2^63 - 1", e);
        }
    }

    /**
     * The text that a log signs.
     *
     * @return three lines, each ending in {@code \n}
     */
    public String toText() {
        return origin + "\n" + size + "\n" + root.toBase64() + "\n";
    }
}
