package io.vaultmesh.scheduler;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.scheduler.anchor.Anchor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** A memory with a clock that a test moves, and what is known of its anchors. */
final class SchedulerFixture {

    static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    volatile Instant now = START; // a started scheduler reads it in its own thread
    final InstantSource clock = () -> now;

    Remembrancer memory(Path directory) {
        return Remembrancer.builder(directory).clock(clock).open();
    }

    SchedulerBuilder scheduler(Remembrancer memory) {
        return Scheduler.builder(memory).clock(clock).random(new Random(1)).spread(Duration.ZERO);
    }

    static void record(Namespace namespace, String title) {
        namespace.record(Discovery.of(title, title));
    }

    static List<MemoryRecord> anchors(Namespace namespace) {
        return namespace
                .timeline()
                .filter(record -> record.kind() == Kind.ANCHOR)
                .toList();
    }

    /** The attestation in an anchor record, verified by the target. */
    static Attestation attestation(Namespace namespace, MemoryRecord record, Anchor target) {
        try (InputStream body = namespace.openBody(record).orElseThrow()) {
            Attestation attestation = Attestation.parse(body.readAllBytes());
            assertInstanceOf(Finality.Final.class, attestation.verify(target, namespace.verifier()));
            return attestation;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static long count(List<LaneEvent> events, LaneEvent.What what) {
        return events.stream().filter(event -> event.what() == what).count();
    }
}
