package io.vaultmesh.examples.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The commits of a git repository, parents before their children, as the program {@code git} lists them. */
final class GitLog implements AutoCloseable {

    /** A commit. At most {@link #MOST_NAMED} of its files are named; a merge has none. */
    record Commit(
            String id,
            List<String> parents,
            List<String> tags,
            Instant at,
            String author,
            String message,
            int fileCount,
            List<String> files) {}

    private static final int MOST_NAMED = 20;
    private static final int MOST_OF_A_FIELD = 1 << 20; // what is beyond is left out

    // a NUL stands in no message and no name; the empty field in front ends the files of the commit before
    private static final String FORMAT = "--format=%x00%H%x00%P%x00%D%x00%ct%x00%an%x00%B%x00";

    private final Path repository;
    private final Process log;
    private final InputStream out;

    GitLog(Path repository) throws IOException {
        this.repository = repository;
        log = git(("log --topo-order --reverse -z --name-only --no-renames --no-show-signature --encoding=UTF-8"
                        + " --decorate=full --decorate-refs=refs/tags/ " + FORMAT + " HEAD --tags --")
                .split(" "));
        out = new BufferedInputStream(log.getInputStream());
        Optional<String> unused = field();
    }

    private Process git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        return process;
    }

    private static void requireSuccess(Process process) throws IOException {
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("git exits with " + exit);
        }
    }

    /** The next commit; empty if there are no more. */
    Optional<Commit> next() throws IOException {
        Optional<String> id = field();
        return id.isPresent() ? Optional.of(commit(id.get())) : Optional.empty();
    }

    private Commit commit(String id) throws IOException {
        List<String> parents = list(text(), " ");
        List<String> tags = list(text().replace("tag: refs/tags/", ""), ", ");
        Instant at = Instant.ofEpochSecond(Long.parseLong(text()));
        String author = text();
        String message = text();
        String separator = text();
        List<String> files = new ArrayList<>();
        int fileCount = 0;
        for (String file = field().orElse(separator); !file.isEmpty(); file = field().orElse(separator)) {
            if (fileCount++ < MOST_NAMED) {
                files.add(fileCount == 1 ? file.substring(1) : file); // without the line's end before the first
            }
        }
        return new Commit(id, parents, tags, at, author, message, fileCount, files);
    }

    /** The SHA-256 hash of a commit's object: its id may still be a SHA-1 hash. */
    Hash hash(Commit commit) throws IOException {
        Process object = git("cat-file", "commit", commit.id());
        Hash hash = Hashing.sha256(object.getInputStream().readAllBytes());
        requireSuccess(object);
        return hash;
    }

    private static List<String> list(String text, String separator) {
        return text.isEmpty() ? List.of() : List.of(text.split(separator));
    }

    private String text() throws IOException {
        return field().orElseThrow(() -> new IOException("git stopped in the middle of a commit"));
    }

    /** What stands before the next NUL; empty at the end. */
    private Optional<String> field() throws IOException {
        ByteArrayOutputStream field = new ByteArrayOutputStream();
        int next = out.read();
        if (next < 0) {
            requireSuccess(log);
            return Optional.empty();
        }
        for (; next > 0; next = out.read()) {
            if (field.size() < MOST_OF_A_FIELD) {
                field.write(next);
            }
        }
        return Optional.of(field.toString(UTF_8));
    }

    @Override
    public void close() {
        log.destroy(); // it may have more to say
    }
}
