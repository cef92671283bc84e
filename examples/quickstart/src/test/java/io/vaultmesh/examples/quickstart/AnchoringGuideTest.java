package io.vaultmesh.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.scheduler.LaneEvent;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.FileAnchor;
import io.vaultmesh.scheduler.anchor.Rfc3161Anchor;
import io.vaultmesh.scheduler.config.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/ANCHORING.md. */
class AnchoringGuideTest {

    @TempDir
    Path directory;

    @Test
    void showsTheExamplesAsTheyAreRun() throws IOException {
        String guide = Files.readString(QuickstartTest.REPOSITORY.resolve("docs/ANCHORING.md"));
        String source = Files.readString(QuickstartTest.REPOSITORY.resolve(
                "examples/quickstart/src/test/java/io/vaultmesh/examples/quickstart/AnchoringGuideTest.java"));
        for (String example : List.of("targets", "scheduler", "files")) {
            assertEquals(QuickstartTest.region(source, example), QuickstartTest.block(guide, "anchoring-" + example));
        }
    }

    @Test
    void anchorsAMemory() throws Exception {
        TimestampAuthority development = TimestampAuthority.create(InstantSource.system());
        Path published = directory.resolve("published");
        BlockingQueue<LaneEvent> events = new LinkedBlockingQueue<>();
        try (var endpoint = development.serve();
                Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
            memory.record(Discovery.of("something", "found here"));
            URI authority = endpoint.uri();
            InstantSource clock = InstantSource.system();
            // region targets
            TimestampVerifier pinned = TimestampVerifier.pinning(clock, development.anchor());
            TimestampClient client =
                    TimestampClient.builder(pinned).authority(authority).build(); // several are asked in turn
            Anchor stamp = Rfc3161Anchor.of("rfc3161:tsa", client, pinned, clock);
            Anchor file = FileAnchor.of("file:usb", published, clock); // one line for each checkpoint
            // endregion
            // region scheduler
            try (Scheduler scheduler = Scheduler.builder(memory)
                    .namespace(
                            "main",
                            cadence -> cadence.fast("89s", file) // every 89 seconds, if there is news
                                    .strong("34*fast", stamp)) // every 34 times 89 seconds
                    .spread(Duration.ZERO) // begin at once; by default all lanes begin within a minute
                    .listener(events::add)
                    .build()) {
                scheduler.start();
                // endregion
                long done = 0;
                while (done < 2) {
                    LaneEvent event = events.poll(30, TimeUnit.SECONDS);
                    assertTrue(event != null && event.what() != LaneEvent.What.FAILED, () -> String.valueOf(event));
                    done += event.what() == LaneEvent.What.FINAL ? 1 : 0;
                }
            }
            List<MemoryRecord> anchors = memory.timeline()
                    .filter(record -> record.kind() == Kind.ANCHOR)
                    .toList();
            assertEquals(2, anchors.size());
            assertEquals(1, Files.readAllLines(published).size());
        }
    }

    @Test
    void anchorsWhatFilesSay() throws Exception {
        Path namespaces = Files.writeString(
                directory.resolve("namespaces.yaml"),
                "namespaces: {main: {cadence: {fast: {every: 89s, target: \"file:usb\"}}}}");
        Path anchors =
                Files.writeString(directory.resolve("anchors.yaml"), "file: {usb: {path: published, interval: 10s}}");
        try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
            memory.record(Discovery.of("something", "found here"));
            // region files
            Scheduler scheduler = Scheduler.builder(memory)
                    .files(namespaces, anchors) // namespaces.yaml, anchors.yaml
                    .configListener(System.out::println) // what is in use, refused or left out
                    .build();
            // endregion
            try (scheduler) {
                assertEquals(Set.of("main/fast/file:usb"), names(scheduler));
            }
        }
    }

    private static Set<String> names(Scheduler scheduler) {
        return scheduler.lanes().keySet().stream().map(Lane::toString).collect(Collectors.toSet());
    }
}
