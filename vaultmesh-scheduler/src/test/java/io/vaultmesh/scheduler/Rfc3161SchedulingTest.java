package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.SchedulerFixture.anchors;
import static io.vaultmesh.scheduler.SchedulerFixture.attestation;
import static io.vaultmesh.scheduler.SchedulerFixture.record;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampRequest;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.OpenSslTsa;
import io.vaultmesh.scheduler.anchor.OpenSslTsa.Mode;
import io.vaultmesh.scheduler.anchor.Rfc3161Anchor;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scheduler and an authority that OpenSSL runs, which stamps by the real time: the test's clock begins there. */
@Timeout(60)
class Rfc3161SchedulingTest {

    @TempDir
    Path directory;

    private final SchedulerFixture fixture = new SchedulerFixture();
    private OpenSslTsa tsa;
    private TimestampVerifier verifier;
    private Remembrancer memory;

    @BeforeEach
    void open() throws IOException {
        tsa = new OpenSslTsa(directory.resolve("tsa"));
        fixture.now = Instant.now();
        verifier = TimestampVerifier.pinning(fixture.clock, tsa.pin());
        memory = fixture.memory(directory.resolve("memory"));
        record(memory.namespace("main"), "one");
    }

    @AfterEach
    void close() {
        memory.close();
        tsa.close();
    }

    private Anchor target() {
        TimestampClient client = TimestampClient.builder(verifier)
                .authority(tsa.uri())
                .deadline(Duration.ofSeconds(tsa.requests().isEmpty() ? 2 : 20))
                .build();
        return Rfc3161Anchor.of("rfc3161:openssl", client, verifier, fixture.clock);
    }

    private Scheduler scheduler(Anchor target) {
        return fixture.scheduler(memory)
                .namespace("main", cadence -> cadence.fast("1h", target))
                .build();
    }

    @Test
    void opensslVerifiesWhatIsRecorded() throws IOException {
        Anchor target = target();
        try (Scheduler scheduler = scheduler(target)) {
            assertEquals(3, scheduler.tick().size());
        }
        MemoryRecord anchor = anchors(memory.namespace("main")).get(0);
        Attestation attestation = attestation(memory.namespace("main"), anchor, target);
        byte[] response = Base64.getDecoder().decode(attestation.evidence().string("response"));
        assertEquals(
                "Verification: OK",
                tsa.verify(response, attestation.checkpoint().root()));
        assertEquals(tsa.uri().toString(), attestation.evidence().string("authority"));
    }

    @ParameterizedTest
    @CsvSource({
        "SLOW, NETWORK, 10",
        "TRUNCATED, NETWORK, 10",
        "BROKEN, NETWORK, 10",
        "WRONG_NONCE, NETWORK, 10",
        "HTML, NETWORK, 10",
        "CLOSED, NETWORK, 10",
        "TOO_MANY, RATE_LIMITED, 120",
        "UNAUTHORIZED, AUTH, 20",
    })
    void anAuthorityThatFailsIsAskedTheSameAgain(Mode mode, String trouble, int seconds) {
        tsa.mode(mode);
        try (Scheduler scheduler = scheduler(target())) {
            List<LaneEvent> events = scheduler.tick();
            assertEquals(LaneEvent.What.FAILED, events.get(1).what());
            assertTrue(
                    events.get(1).detail().startsWith(trouble + ": "),
                    events.get(1).detail());
            assertEquals(0, anchors(memory.namespace("main")).size());
            tsa.mode(Mode.HONEST);
            fixture.now = fixture.now.plusSeconds(seconds).minusMillis(seconds == 120 ? 1 : seconds * 500L);
            assertEquals(List.of(), scheduler.tick(), "too early");
            fixture.now = fixture.now.plusSeconds(seconds);
        }
        try (Scheduler scheduler = scheduler(target())) { // as after a restart
            assertEquals(2, scheduler.tick().size());
        }
        assertEquals(1, anchors(memory.namespace("main")).size());
        assertTrue(
                tsa.requests().size() >= 2 && tsa.wasAskedTheSame(),
                "requests: " + tsa.requests().size());
    }

    @Test
    void anAuthorityThatRefusesParksTheLane() {
        tsa.mode(Mode.REFUSING);
        try (Scheduler scheduler = scheduler(target())) {
            String detail = scheduler.tick().get(1).detail();
            assertTrue(detail.startsWith("REJECTED: ") && detail.contains("rejection"), detail);
            tsa.mode(Mode.HONEST);
            fixture.now = fixture.now.plus(Duration.ofDays(1));
            assertEquals("PARKED", scheduler.tick().get(0).detail());
            scheduler.release();
            assertEquals(3, scheduler.tick().size());
        }
    }

    @Test
    void theNextAuthorityIsAskedWhereOneFails() throws IOException {
        try (OpenSslTsa down = new OpenSslTsa(directory.resolve("down"))) {
            down.mode(Mode.HTML);
            TimestampVerifier both = TimestampVerifier.pinning(fixture.clock, down.pin(), tsa.pin());
            TimestampClient client = TimestampClient.builder(both)
                    .authority(down.uri())
                    .authority(tsa.uri())
                    .build();
            Anchor target = Rfc3161Anchor.of("rfc3161:two", client, both, fixture.clock);
            try (Scheduler scheduler = scheduler(target)) {
                assertEquals(3, scheduler.tick().size());
            }
            assertEquals(1, down.requests().size());
            assertEquals(1, anchors(memory.namespace("main")).size());
        }
    }

    @Test
    void evidenceOfAnotherRootOrNonceOrPinIsInvalid() throws IOException {
        Anchor target = target();
        Checkpoint one = new Checkpoint("example.com/main", 1, Hashing.sha256(new byte[] {1}));
        Hash two = Hashing.sha256(new byte[] {2});
        JsonObject evidence = target.submit(one, request(one.root()));
        assertInstanceOf(Finality.Final.class, target.verify(one, evidence));
        assertInstanceOf(Finality.Invalid.class, target.verify(new Checkpoint("example.com/main", 1, two), evidence));
        JsonObject otherNonce = JsonObject.builder()
                .put("authority", "")
                .put("request", request(one.root()).string("request"))
                .put("response", evidence.string("response"))
                .build();
        assertInstanceOf(Finality.Invalid.class, target.verify(one, otherNonce));
        assertInstanceOf(
                Finality.Invalid.class,
                target.verify(one, JsonObject.builder().put("response", "?").build()));
        try (OpenSslTsa other = new OpenSslTsa(directory.resolve("other"))) {
            TimestampVerifier pinned = TimestampVerifier.pinning(fixture.clock, other.pin());
            TimestampClient client =
                    TimestampClient.builder(pinned).authority(tsa.uri()).build();
            Anchor elsewhere = Rfc3161Anchor.of("rfc3161:other", client, pinned, fixture.clock);
            assertInstanceOf(Finality.Invalid.class, elsewhere.verify(one, evidence));
        }
        String refused = assertThrows(RuntimeException.class, () -> target.submit(one, request(two)))
                .getMessage();
        assertTrue(refused.startsWith("the request is over " + two), refused);
    }

    private JsonObject request(Hash root) {
        TimestampRequest made = TimestampRequest.of(root, new SecureRandom());
        return JsonObject.builder()
                .put("request", Base64.getEncoder().encodeToString(made.toBytes()))
                .build();
    }

    @Test
    void aTargetIsCalledByItsKind() throws IOException {
        TimestampAnchor pin = tsa.pin();
        TimestampVerifier pinned = TimestampVerifier.pinning(fixture.clock, pin);
        TimestampClient client =
                TimestampClient.builder(pinned).authority(tsa.uri()).build();
        assertThrows(
                IllegalArgumentException.class, () -> Rfc3161Anchor.of("file:openssl", client, pinned, fixture.clock));
    }
}
