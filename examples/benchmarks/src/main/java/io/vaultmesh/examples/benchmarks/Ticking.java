package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.scheduler.LaneEvent;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.SchedulerBuilder;
import io.vaultmesh.scheduler.anchor.Anchor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A scheduler of 10,000 lanes looks at the clock, and nothing is due. */
public class Ticking {

    private static final int NAMESPACES = 10;
    private static final int LANES = 10_000;

    /** Ten namespaces with a thousand lanes each, all of which wait. */
    @State(Scope.Benchmark)
    public static class Waiting {

        private final Path directory = Scratch.create();
        private final Remembrancer memory = Remembrancer.open(directory.resolve("memory"));
        private final Scheduler scheduler;

        public Waiting() {
            Anchor[] targets = PreparedAnchors.targets(LANES / NAMESPACES / 2);
            SchedulerBuilder builder = Scheduler.builder(memory).spread(Duration.ofDays(365_000));
            for (int i = 0; i < NAMESPACES; i++) {
                var unused = memory.namespace("n" + i).record(Discovery.of("something", "happened"));
                builder.namespace(
                        "n" + i, cadence -> cadence.fast("1h", targets).strong("24*fast", targets));
            }
            scheduler = builder.build();
        }

        @TearDown
        public void close() throws IOException {
            scheduler.close();
            memory.close();
            Scratch.delete(directory);
        }
    }

    /** As many times in a map. */
    @State(Scope.Benchmark)
    public static class Times {

        private final Map<String, Instant> until = new HashMap<>();

        public Times() {
            for (int i = 0; i < LANES; i++) {
                until.put(
                        "n" + i % NAMESPACES + "/fast/test:" + i, Instant.now().plusSeconds(1000L * i + 1000));
            }
        }
    }

    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx128m")
    public List<LaneEvent> vaultmesh(Waiting waiting) {
        return waiting.scheduler.tick();
    }

    /** Looks at each entry of the map, and compares its time with the present. */
    @Benchmark
    public int comparing(Times times) {
        Instant now = Instant.now();
        int due = 0;
        for (Map.Entry<String, Instant> each : times.until.entrySet()) {
            if (!now.isBefore(each.getValue())) {
                due++;
            }
        }
        return due;
    }
}
