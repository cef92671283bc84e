package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.git.GitProgram;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of a commit.
 *
 * @param repository the repository's directory
 * @param revision the commit, tag or branch
 * @param path the file's path in the repository
 */
record GitBlob(Path repository, String revision, String path) {

    private static final long DEADLINE_SECONDS = 30;

    GitBlob {
        repository = requireNonNull(repository, "repository").toAbsolutePath().normalize();
        revision = GitProgram.requireArgument("revision", revision);
        path = GitProgram.requireArgument("path", path);
        if (revision.indexOf(':') >= 0) {
            throw new IllegalArgumentException("revision is \"" + revision + "\", expected one without ':'");
        }
    }

    /** The first bytes of the file: one more than a note may have, at most. */
    byte[] read() throws IOException {
        return new GitProgram(repository, DEADLINE_SECONDS)
                .output(PinnedCheckpoint.MAX_BYTES, "cat-file", "blob", revision + ":" + path);
    }

    @Override
    public String toString() {
        return "git repository " + repository + ", " + revision + ":" + path;
    }
}
