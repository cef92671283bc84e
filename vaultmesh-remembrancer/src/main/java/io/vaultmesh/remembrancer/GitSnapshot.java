package io.vaultmesh.remembrancer;

import io.vaultmesh.remembrancer.git.GitProgram;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/** The archive of a git revision: the same bytes whenever it is made, as long as git writes them so. */
final class GitSnapshot {

    private static final long DEADLINE_SECONDS = 600;
    private static final int MOST_OF_ID = 200;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final GitProgram git;
    private final String commit;

    GitSnapshot(Path repository, String revision) {
        this.git = new GitProgram(repository, DEADLINE_SECONDS);
        String named = GitProgram.requireArgument("revision", revision);
        try {
            String id = new String(
                            git.output(MOST_OF_ID, "rev-parse", "--verify", "--end-of-options", named + "^{commit}"),
                            StandardCharsets.US_ASCII)
                    .strip();
            if (!COMMIT.matcher(id).matches()) {
                throw new IOException("git says that it is \"" + id + "\", expected a commit's id");
            }
            this.commit = id;
        } catch (IOException e) {
            throw new UncheckedIOException("can't find revision " + revision + " in " + git + ": " + e.getMessage(), e);
        }
    }

    String commit() {
        return commit;
    }

    /** Writes the archive to a file in a directory. */
    Path writeTo(Path directory) {
        Path file = directory.resolve("genesis-" + commit + ".tar");
        Path aside = directory.resolve("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(directory);
            try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
                // what a tar of a commit holds is fixed by the commit; a configured filter or another umask would
                // change it
                git.output(out, "-c", "tar.umask=0022", "archive", "--format=tar", commit);
                out.getFD().sync();
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
