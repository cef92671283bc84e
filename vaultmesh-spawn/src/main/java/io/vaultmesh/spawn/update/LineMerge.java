package io.vaultmesh.spawn.update;

import io.vaultmesh.spawn.tree.FileContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.merge.MergeAlgorithm;
import org.eclipse.jgit.merge.MergeChunk;
import org.eclipse.jgit.merge.MergeResult;

/**
 * Merges the lines of three files, on their bytes, by JGit's algorithm. What both changed in different ways is in
 * conflict, and so are changes that touch each other.
 *
 * <p>If each file has one kind of line end throughout, that isn't compared: it is merged by itself, as a mode is.
 */
final class LineMerge {

    private static final String YOURS = "<<<<<<< yours";
    private static final String BETWEEN = "=======";
    private static final String TEMPLATES = ">>>>>>> templates";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean hasConflicts;

    private LineMerge() {}

    /** The merged file, and whether there are conflicts in it. */
    record Result(FileContent content, boolean hasConflicts) {}

    static Result merge(byte[] base, byte[] yours, byte[] theirs) {
        LineEnd ofBase = LineEnd.of(base);
        LineEnd ofYours = LineEnd.of(yours);
        LineEnd ofTheirs = LineEnd.of(theirs);
        if (ofBase == LineEnd.MIXED || ofYours == LineEnd.MIXED || ofTheirs == LineEnd.MIXED) {
            return merged(base, yours, theirs, LineEnd.LF);
        }
        boolean unchanged = ofYours == ofBase || ofYours == LineEnd.NONE;
        LineEnd end = unchanged && ofTheirs != LineEnd.NONE ? ofTheirs : ofYours;
        return merged(LineEnd.toLf(base), LineEnd.toLf(yours), LineEnd.toLf(theirs), end);
    }

    private static Result merged(byte[] base, byte[] yours, byte[] theirs, LineEnd end) {
        LineMerge merge = new LineMerge();
        MergeResult<RawText> result = new MergeAlgorithm(new HistogramDiff())
                .merge(RawTextComparator.DEFAULT, new RawText(base), new RawText(yours), new RawText(theirs));
        try {
            for (MergeChunk chunk : result) {
                merge.add(chunk, result.getSequences().get(chunk.getSequenceIndex()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array in memory can't be written", e);
        }
        byte[] lines = merge.out.toByteArray();
        return new Result(FileContent.of(end == LineEnd.CRLF ? LineEnd.toCrlf(lines) : lines), merge.hasConflicts);
    }

    private void add(MergeChunk chunk, RawText text) throws IOException {
        switch (chunk.getConflictState()) {
            case NO_CONFLICT -> write(text, chunk);
            case FIRST_CONFLICTING_RANGE -> {
                hasConflicts = true;
                mark(YOURS);
                write(text, chunk);
                mark(BETWEEN);
            }
            case BASE_CONFLICTING_RANGE -> {} // what both changed is not shown, as git doesn't unless it is asked to
            case NEXT_CONFLICTING_RANGE -> {
                write(text, chunk);
                mark(TEMPLATES);
            }
        }
    }

    private void write(RawText text, MergeChunk chunk) throws IOException {
        for (int line = chunk.getBegin(); line < chunk.getEnd(); line++) {
            text.writeLine(out, line);
            if (line < text.size() - 1 || !text.isMissingNewlineAtEnd()) {
                out.write('\n');
            }
        }
    }

    /** On a line of its own, also after a last line that has no end. */
    private void mark(String marker) throws IOException {
        byte[] soFar = out.toByteArray();
        if (soFar.length > 0 && soFar[soFar.length - 1] != '\n') {
            out.write('\n');
        }
        out.write((marker + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Whether a file still has both markers of a conflict. */
    static boolean hasMarkers(FileContent content) {
        String text = content.text();
        return text.lines().anyMatch(YOURS::equals) && text.lines().anyMatch(TEMPLATES::equals);
    }
}
