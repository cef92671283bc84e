package io.vaultmesh.spawn.update;

import io.vaultmesh.spawn.tree.RelativePath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.EditList;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** A change as a diff of git's format (git-diff, "Generating patch text with -p"). */
final class UnifiedDiff {

    private static final String FILE = "100644";
    private static final String EXECUTABLE = "100755";

    private UnifiedDiff() {}

    static String of(RelativePath path, Optional<FileVersion> before, Optional<FileVersion> after) {
        if (before.equals(after)) {
            return "";
        }
        StringBuilder diff = new StringBuilder("diff --git a/" + path + " b/" + path + "\n");
        if (before.isEmpty()) {
            diff.append("new file mode ").append(mode(after)).append('\n');
        } else if (after.isEmpty()) {
            diff.append("deleted file mode ").append(mode(before)).append('\n');
        } else if (before.get().executable() != after.get().executable()) {
            diff.append("old mode ").append(mode(before)).append('\n');
            diff.append("new mode ").append(mode(after)).append('\n');
        }
        byte[] old = bytes(before);
        byte[] now = bytes(after);
        if (ThreeWay.isBinary(old) || ThreeWay.isBinary(now)) {
            return diff.append("Binary files differ\n").toString();
        }
        String hunks = hunks(new RawText(old), new RawText(now));
        if (!hunks.isEmpty()) {
            diff.append("--- ")
                    .append(before.isEmpty() ? "/dev/null" : "a/" + path)
                    .append('\n');
            diff.append("+++ ")
                    .append(after.isEmpty() ? "/dev/null" : "b/" + path)
                    .append('\n');
        }
        return diff.append(hunks).toString();
    }

    private static String mode(Optional<FileVersion> version) {
        return version.filter(FileVersion::executable).isPresent() ? EXECUTABLE : FILE;
    }

    private static byte[] bytes(Optional<FileVersion> version) {
        return version.map(present -> present.content().bytes()).orElse(new byte[0]);
    }

    private static String hunks(RawText old, RawText now) {
        EditList edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, old, now);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(out)) {
            formatter.format(edits, old, now);
            formatter.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory can't be written", e);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
