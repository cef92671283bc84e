package io.vaultmesh.spawn.update;

import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import java.util.Optional;

/**
 * One file that is in the service and in the templates, merged: its content, and by itself whether it may be run.
 *
 * @param outcome what became of it
 * @param merged what it is then
 * @param isBeside whether the content of the templates can't be in the same file, and has to lie beside it
 */
record ThreeWay(Outcome outcome, FileVersion merged, boolean isBeside) {

    private static final byte[] NOTHING = {};

    /**
     * Merges a file.
     *
     * @param base what was generated at first; empty if nothing was, and then only what yours and theirs share isn't in
     *     conflict
     */
    static ThreeWay of(Optional<FileVersion> base, FileVersion yours, FileVersion theirs) {
        boolean executable = (base.isPresent() && base.get().executable() == yours.executable())
                ? theirs.executable()
                : yours.executable();
        FileContent content = yours.content();
        boolean wasChanged = base.isEmpty() || !base.get().content().equals(theirs.content());
        if (base.isPresent() && base.get().content().equals(yours.content())) {
            content = theirs.content();
        } else if (wasChanged && !yours.content().equals(theirs.content())) {
            byte[] old = base.map(version -> version.content().bytes()).orElse(NOTHING);
            byte[] mine = yours.content().bytes();
            byte[] other = theirs.content().bytes();
            if (isBinary(old) || isBinary(mine) || isBinary(other)) {
                return new ThreeWay(Outcome.CONFLICT, new FileVersion(content, executable), true);
            }
            LineMerge.Result result = LineMerge.merge(old, mine, other);
            if (result.hasConflicts()) {
                return new ThreeWay(Outcome.CONFLICT, new FileVersion(result.content(), executable), false);
            }
            content = result.content();
        }
        FileVersion merged = new FileVersion(content, executable);
        return new ThreeWay(outcome(yours, theirs, merged), merged, false);
    }

    private static Outcome outcome(FileVersion yours, FileVersion theirs, FileVersion merged) {
        if (merged.equals(yours)) {
            return yours.equals(theirs) ? Outcome.UNCHANGED : Outcome.KEPT;
        }
        return merged.equals(theirs) ? Outcome.UPDATED : Outcome.MERGED;
    }

    /** As git tells it, but for all bytes and not only the first ones. */
    static boolean isBinary(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
        }
        return false;
    }
}
