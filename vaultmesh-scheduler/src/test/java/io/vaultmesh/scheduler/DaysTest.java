package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.SchedulerFixture.anchors;
import static io.vaultmesh.scheduler.SchedulerFixture.attestation;
import static io.vaultmesh.scheduler.SchedulerFixture.count;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.AnchorException;
import io.vaultmesh.scheduler.anchor.FileAnchor;
import io.vaultmesh.scheduler.anchor.OpenSslTsa;
import io.vaultmesh.scheduler.anchor.Rfc3161Anchor;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.Limits;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.Skip;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Days of three namespaces, with every fault, as a table: one, or as many as {@code -Dvaultmesh.days} says. The authority is
 * OpenSSL's, and stamps by the real time.
 */
@Timeout(300)
class DaysTest {

    private static final int DAYS = Integer.getInteger("vaultmesh.days", 1);
    private static final List<String> NAMESPACES = List.of("main", "dao:vaultmesh", "ops");

    @TempDir
    Path directory;

    private final SchedulerFixture fixture = new SchedulerFixture();
    private final Random random = TestSeed.random();
    private final ScriptedAnchor chain = new ScriptedAnchor("chain:test");

    @Test
    void everythingThatWasDueIsAnchoredInTheEnd() throws IOException {
        try (OpenSslTsa tsa = new OpenSslTsa(directory.resolve("tsa"))) {
            fixture.now = Instant.now();
            TimestampVerifier verifier = TimestampVerifier.pinning(fixture.clock, tsa.pin());
            TimestampClient client = TimestampClient.builder(verifier)
                    .authority(tsa.uri())
                    .deadline(Duration.ofMillis(300))
                    .build();
            Anchor stamps = Rfc3161Anchor.of("rfc3161:openssl", client, verifier, fixture.clock);
            Anchor file = FileAnchor.of("file:disk", directory.resolve("published"), fixture.clock);
            try (Remembrancer memory = fixture.memory(directory.resolve("memory"))) {
                System.out.println("day    due anchored skipped held failed finalised");
                long[] sums = new long[6];
                for (int day = 1; day <= DAYS + 1; day++) {
                    long[] row = day(memory, tsa, List.of(stamps, file), day > DAYS);
                    System.out.println(line(day > DAYS ? "calm" : Integer.toString(day), row));
                    for (int i = 0; i < row.length; i++) {
                        sums[i] += row[i];
                    }
                }
                System.out.println(line("all", sums));
                assertTrue(sums[4] > 6 * DAYS, "failures: " + sums[4]);
                assertTrue(sums[5] > 20 * DAYS, "finalised: " + sums[5]);
                for (String name : NAMESPACES) {
                    check(memory.namespace(name), Map.of("rfc3161:openssl", stamps, "file:disk", file), tsa);
                }
            }
        }
    }

    /** A day of ticks, two minutes to half an hour apart, with a new scheduler in the morning. */
    private long[] day(Remembrancer memory, OpenSslTsa tsa, List<Anchor> targets, boolean calm) {
        SchedulerBuilder builder = Scheduler.builder(memory)
                .clock(fixture.clock)
                .random(random)
                .limits("chain:test", Limits.DEFAULT.every(Duration.ofSeconds(15)));
        NAMESPACES.forEach(name -> builder.namespace(
                name, cadence -> cadence.fast("3h", targets.get(0)).strong("2*fast", targets.get(1), chain)));
        Instant end = fixture.now.plus(Duration.ofDays(1));
        List<LaneEvent> events = new ArrayList<>();
        try (Scheduler scheduler = builder.build()) {
            while (fixture.now.isBefore(end)) {
                weather(tsa, calm);
                if (!calm && random.nextInt(3) == 0) {
                    String name = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
                    record(memory.namespace(name), "record of " + fixture.now);
                }
                events.addAll(scheduler.tick());
                fixture.now = fixture.now.plusSeconds(120 + random.nextInt(1_680));
            }
            if (calm) {
                events.addAll(scheduler.tick());
                for (Map.Entry<Lane, LaneState> lane : scheduler.lanes().entrySet()) {
                    Namespace namespace =
                            memory.namespace(lane.getKey().namespace().value());
                    assertTrue(news(namespace) <= lane.getValue().anchored(), lane.toString());
                }
            }
        }
        long skipped = events.stream()
                .filter(event -> event.detail().equals(Skip.Reason.NOTHING_NEW.name()))
                .count();
        return new long[] {
            count(events, LaneEvent.What.INTENDED) + skipped,
            count(events, LaneEvent.What.SUBMITTED),
            skipped,
            count(events, LaneEvent.What.SKIPPED) - skipped, // parked, or the target is spared
            count(events, LaneEvent.What.FAILED),
            count(events, LaneEvent.What.FINAL)
        };
    }

    private static String line(String day, long[] row) {
        return "%-4s %5d %8d %7d %4d %6d %9d".formatted(day, row[0], row[1], row[2], row[3], row[4], row[5]);
    }

    private void weather(OpenSslTsa tsa, boolean calm) {
        if (calm) {
            tsa.mode(OpenSslTsa.Mode.HONEST);
            chain.failures.clear();
            chain.finalities.clear();
            return;
        }
        if (random.nextInt(6) == 0) {
            OpenSslTsa.Mode[] modes = OpenSslTsa.Mode.values();
            tsa.mode(random.nextInt(2) == 0 ? OpenSslTsa.Mode.HONEST : modes[random.nextInt(modes.length)]);
        }
        if (random.nextInt(8) == 0) {
            Trouble[] troubles = {Trouble.NETWORK, Trouble.RATE_LIMITED, Trouble.AUTH, Trouble.UNKNOWN_OUTCOME};
            chain.failures.add(new AnchorException(
                    troubles[random.nextInt(troubles.length)], "a fault", Duration.ofSeconds(random.nextInt(600))));
        }
        if (random.nextInt(8) == 0) {
            List<Finality> states = List.of(
                    new Finality.Pending("waits"),
                    new Finality.Included("1 block"),
                    new Finality.Reorged("another block"),
                    new Finality.Missing("gone"),
                    new Finality.Invalid("forged"));
            Finality next = states.get(random.nextInt(states.size()));
            chain.finalities.add(() -> next);
        }
    }

    private static long news(Namespace namespace) {
        long[] index = {0, 0};
        namespace.timeline().forEach(record -> {
            index[0]++;
            if (record.kind() != Kind.ANCHOR) {
                index[1] = index[0];
            }
        });
        return index[1];
    }

    private void check(Namespace namespace, Map<String, Anchor> targets, OpenSslTsa tsa) throws IOException {
        Set<String> seen = new HashSet<>();
        int stamped = 0;
        for (MemoryRecord record : anchors(namespace)) {
            String lane = record.predicate().attributes().get("cadence") + " "
                    + record.predicate().attributes().get("target");
            String target = lane.contains("chain") ? "" : lane.contains("rfc3161") ? "rfc3161:openssl" : "file:disk";
            Attestation attestation = attestation(namespace, record, target.isEmpty() ? chain : targets.get(target));
            Checkpoint checkpoint = attestation.checkpoint();
            assertTrue(seen.add(lane + checkpoint), "twice: " + record);
            if (target.startsWith("rfc3161") && stamped++ % 20 == 0) {
                byte[] response =
                        Base64.getDecoder().decode(attestation.evidence().string("response"));
                assertEquals("Verification: OK", tsa.verify(response, checkpoint.root()));
            }
        }
        assertTrue(stamped > DAYS, "stamped: " + stamped);
    }
}
