package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.remembrancer.git.GitProgram;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * The archive of a git revision: the same bytes whenever it is made, as long as git writes them so. What the repository has
 * beside the revision would change them, its configuration, its own attributes, its filters and the names of its branches,
 * so the archive is made in an empty repository that borrows the objects.
 */
final class GitSnapshot {

    private static final long DEADLINE_SECONDS = 600;
    private static final int MOST_OF_ID = 200;
    private static final int MOST_OF_PATH = 8192;
    private static final int LENGTH_OF_SHA1 = 40;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final Path borrowed;
    private final GitProgram git;
    private final String commit;

    GitSnapshot(Path repository, String revision) {
        this.borrowed = repository.toAbsolutePath().normalize();
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
        try (Workshop workshop = Workshop.beside(file.toAbsolutePath())) {
            Path empty = emptyRepository(workshop.piece());
            Path aside = workshop.piece().resolve("archive");
            try (FileOutputStream out = new FileOutputStream(aside.toFile())) {
                new GitProgram(empty, DEADLINE_SECONDS)
                        .output(out, "-c", "tar.umask=0022", "archive", "--format=tar", commit);
                out.getFD().sync();
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
            Durable.force(requireNonNull(file.toAbsolutePath().getParent()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }

    private Path emptyRepository(Path inside) throws IOException {
        String objects = new String(
                        git.output(MOST_OF_PATH, "rev-parse", "--git-path", "objects"), StandardCharsets.UTF_8)
                .stripTrailing();
        Path repository = Files.createDirectory(inside.resolve("empty.git"));
        Files.createDirectories(repository.resolve("objects/info"));
        Files.createDirectory(repository.resolve("refs"));
        Files.writeString(repository.resolve("HEAD"), "ref: refs/heads/none\n");
        Files.writeString(
                repository.resolve("config"),
                commit.length() == LENGTH_OF_SHA1
                        ? "[core]\nrepositoryformatversion = 0\nbare = true\n"
                        : "[core]\nrepositoryformatversion = 1\nbare = true\n[extensions]\nobjectFormat = sha256\n");
        Files.writeString(repository.resolve("objects/info/alternates"), borrowed.resolve(objects) + "\n");
        return repository;
    }
}
