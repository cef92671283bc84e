package io.vaultmesh.examples.story;

import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.examples.story.GitLog.Commit;
import io.vaultmesh.remembrancer.Hit;
import io.vaultmesh.remembrancer.Page;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.Memory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns the history of a git repository into a memory, finds something in it, and audits it.
 *
 * <p>A commit becomes a decision; a merge, which puts a branch into service, a deployment; and so does each tag. Every record
 * has a key, so that a second run adds only what is new.
 */
public final class GitHistory {

    private static final String WORDS = "memory leak";

    private final GitLog log;
    private final String component;
    private final Remembrancer memory;
    private final Map<String, Hash> records = new HashMap<>(); // by the commit's id

    private GitHistory(GitLog log, String component, Remembrancer memory) {
        this.log = log;
        this.component = component;
        this.memory = memory;
    }

    /**
     * Runs it.
     *
     * @param args the repository's directory, the memory's, and perhaps {@code --most} and how many commits are read
     * @throws IOException if git can't be run, or doesn't know the repository
     */
    public static void main(String... args) throws IOException {
        if (args.length != 2 && (args.length != 4 || !args[2].equals("--most"))) {
            System.err.println("usage: git-history <git directory> <memory directory> [--most N]");
            System.exit(2);
        }
        Path repository = Path.of(args[0]).toAbsolutePath().normalize();
        long most = args.length == 4 ? Long.parseLong(args[3]) : Long.MAX_VALUE;
        try (GitLog log = new GitLog(repository);
                Remembrancer memory = Remembrancer.open(Path.of(args[1]))) {
            new GitHistory(log, nameOf(repository), memory).run(most);
        }
    }

    /** The name of the directory: of the one around it, if it is called {@code .git}. */
    private static String nameOf(Path repository) {
        Path named = repository.endsWith(".git") ? repository.resolve("..").normalize() : repository;
        return named.getFileName().toString().replaceFirst("\\.git$", "");
    }

    private void run(long most) throws IOException {
        Instant begin = Instant.now();
        long before = memory.checkpoint().size();
        long commits = 0;
        for (Optional<Commit> commit = log.next(); commit.isPresent() && commits < most; commit = log.next()) {
            remember(commit.get());
            commits++;
        }
        long size = memory.checkpoint().size();
        System.out.println("Remembered:  " + commits + " commits of " + component + " in "
                + Duration.between(begin, Instant.now()).toSeconds() + " s; " + (size - before) + " new records, "
                + size + " in all");

        Page page = memory.query(WORDS).limit(5).page();
        System.out.println("Found:       " + page.matches() + " records with \"" + WORDS + "\", as");
        for (Hit hit : page) {
            hit.receipt().verify(memory.verifier()).orThrow(); // nothing but the receipt's bytes and the log's key
            System.out.println("  proven     " + hit.kind().label() + " " + hit.id() + " " + hit.title());
        }
        System.out.print("Audited:     " + memory.verifyAudit());
    }

    private void remember(Commit commit) throws IOException {
        boolean isMerge = commit.parents().size() > 1;
        Memory<?> of = isMerge ? deployment(commit, commit.id().substring(0, 12)) : decision(commit);
        for (String parent : commit.parents()) {
            of = related(of, records.get(parent));
        }
        Hash record = memory.record(of.key("commit/" + commit.id())).id();
        records.put(commit.id(), record);
        for (String tag : commit.tags()) {
            memory.record(related(deployment(commit, tag), record).key("tag/" + tag + "/" + commit.id()));
        }
    }

    private static Memory<?> related(Memory<?> memory, @Nullable Hash record) {
        return record == null ? memory : memory.link(Link.Rel.RELATES, record); // a shallow clone lacks some parents
    }

    private Deployment deployment(Commit commit, String version) throws IOException {
        return Deployment.of(component, version)
                .artifact(commit.id(), log.hash(commit))
                .attribute("committed", commit.at().toString())
                .attribute("files", commit.fileCount())
                .body(Body.text(commit.message()));
    }

    private Decision decision(Commit commit) {
        String files = commit.files().stream().map(file -> "\n- " + file).collect(joining());
        return Decision.of(
                        title(commit),
                        "Commit " + commit.id() + " by " + commit.author(),
                        commit.message(),
                        "Files changed: " + commit.fileCount() + "\n" + files)
                .component(component)
                .attribute("committed", commit.at().toString())
                .attribute("files", commit.fileCount());
    }

    /** The message's first line, made fit for a title. */
    private static String title(Commit commit) {
        String line = commit.message().strip().lines().findFirst().orElse("").replaceAll("\\p{Cc}+", " ");
        return line.isBlank() ? "Commit " + commit.id() : line.replaceFirst("(?s)^(.{200}).+", "$1…");
    }
}
