package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.spawn.SpawnPlan;
import io.vaultmesh.spawn.SpawnResult;
import io.vaultmesh.spawn.Spawner;
import java.io.IOException;
import java.nio.file.Path;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Spawns Python services with everything: planned, sealed, written, committed and moved into place. */
public class Spawning {

    private static final int WRITES = 5;

    /** A directory for the services of an iteration, deleted after it, outside its time. */
    @State(Scope.Thread)
    public static class Services {

        private final SpawnPlan plan = Spawner.builder().build().plan(Planning.everything("ledger"));
        private Path directory = Path.of("");
        private Spawner spawner = Spawner.builder().build();
        private int next;

        @Setup(Level.Iteration)
        public void create() {
            directory = Scratch.create();
            spawner = Spawner.builder().into(directory).build();
        }

        @TearDown(Level.Iteration)
        public void delete() throws IOException {
            Scratch.delete(directory);
        }

        private SpawnResult spawn() {
            return spawner.spawn(Planning.everything("ledger-" + next++));
        }

        private void spawnAndCount(int services, Heap heap) {
            for (int i = 0; i < services; i++) {
                spawn();
            }
            heap.countWith(spawner);
        }
    }

    @Benchmark
    public SpawnResult vaultmesh(Services services) {
        return services.spawn();
    }

    /** Five times the plainest way to write the same files; the last ones are committed by JGit as its users do it. */
    @Benchmark
    public String fiveWritesAndACommit(Services services) throws IOException, GitAPIException {
        Path directory = services.directory;
        for (int i = 0; i < WRITES; i++) {
            directory = Planning.write(services.plan, services.directory.resolve("written-" + services.next++));
        }
        try (Git git = Git.init()
                .setDirectory(directory.toFile())
                .setInitialBranch("main")
                .call()) {
            git.add().addFilepattern(".").call();
            return git.commit()
                    .setMessage("Create ledger")
                    .setAuthor("Benchmark", "benchmark@vaultmesh.invalid")
                    .setSign(false)
                    .call()
                    .name();
        }
    }

    @Benchmark
    public void thousand(Services services, Heap heap) {
        services.spawnAndCount(1000, heap);
    }

    @Benchmark
    public void hundred(Services services, Heap heap) {
        services.spawnAndCount(100, heap);
    }
}
