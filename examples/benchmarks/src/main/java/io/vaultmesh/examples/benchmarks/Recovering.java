package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.LaneEvent;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.anchor.Anchor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A scheduler takes up what was under way: a thousand anchors, beside a million that are finished. */
public class Recovering {

    /** The memory, open, and the targets of its lanes. */
    @State(Scope.Benchmark)
    public static class Crashed {

        private final Remembrancer memory = Remembrancer.open(PreparedAnchors.A_MILLION.directory());
        private final Anchor[] targets = PreparedAnchors.targets(PreparedAnchors.TARGETS);

        @TearDown
        public void close() {
            memory.close();
        }
    }

    /** From the journal and the log to the first plan; every lane still waits, since a start is spread. */
    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx128m")
    public List<LaneEvent> vaultmesh(Crashed crashed) {
        try (Scheduler scheduler = Scheduler.builder(crashed.memory)
                .namespace(
                        "main", cadence -> cadence.fast("1h", crashed.targets).strong("24*fast", crashed.targets))
                .spread(Duration.ofDays(365_000))
                .build()) {
            return scheduler.tick();
        }
    }

    /** Reads the same files, as plainly as it can be done. */
    @Benchmark
    public long reading() throws IOException {
        byte[] buffer = new byte[1 << 16];
        long sum = read(PreparedAnchors.A_MILLION.journal(), buffer);
        try (Stream<Path> files = Files.walk(PreparedAnchors.A_MILLION.log())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += read(file, buffer);
            }
        }
        return sum;
    }

    private static long read(Path file, byte[] buffer) throws IOException {
        long sum = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                sum += read;
            }
        }
        return sum;
    }
}
