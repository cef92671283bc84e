package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.spawn.SpawnPlan;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Plans a Python service with everything: every file rendered and hashed, in memory. */
@State(Scope.Benchmark)
public class Planning {

    private final Spawner spawner = Spawner.builder().build();
    private final ServiceSpec spec = everything("ledger");

    /** The service of which most is made. */
    static ServiceSpec everything(String name) {
        return ServiceSpec.named(name)
                .type(ServiceType.API)
                .with(Feature.mcpServer())
                .with(Feature.messageQueue(Broker.RABBITMQ))
                .build();
    }

    /** Directories to write the plan's files into; those of an iteration are deleted after it, outside its time. */
    @State(Scope.Thread)
    public static class Target {

        private final SpawnPlan plan = new Planning().vaultmesh();
        private Path directory = Path.of("");
        private int next;

        @Setup(Level.Iteration)
        public void create() {
            directory = Scratch.create();
        }

        @TearDown(Level.Iteration)
        public void delete() throws IOException {
            Scratch.delete(directory);
        }
    }

    @Benchmark
    public SpawnPlan vaultmesh() {
        return spawner.plan(spec);
    }

    /** What must happen to the same bytes afterwards in any case: a new directory with all of them, not forced. */
    @Benchmark
    public Path write(Target target) throws IOException {
        return write(target.plan, target.directory.resolve(Integer.toString(target.next++)));
    }

    /** Writes files as plainly as it can be done. */
    static Path write(SpawnPlan plan, Path directory) throws IOException {
        for (GeneratedFile file : plan.files()) {
            Path path = file.path().in(directory);
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.write(path, file.content().bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        return directory;
    }
}
