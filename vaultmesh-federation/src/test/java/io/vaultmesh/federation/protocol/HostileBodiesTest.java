package io.vaultmesh.federation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.merge.Crafted;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileBodiesTest {

    private static final String TEXT = "What an honest author wrote";
    private static final BodyRef BODY = Crafted.body(TEXT, TEXT.length());
    private static final String OTHER = "What it wrote next";
    private static final BodyRef NEXT = Crafted.body(OTHER, OTHER.length());

    private static void put(RecordStore store, byte[] record) {
        assertEquals(
                1,
                store.admit(List.of(record), AdmissionPolicy.open()::admits).stream()
                        .filter(admission -> admission.index().isPresent())
                        .count());
    }

    private static void put(RecordStore store, BodyRef body, String text) {
        store.bodies().receive(body, 0, text.getBytes(StandardCharsets.UTF_8)).orThrow();
    }

    /** A peer that has two records with their bodies. */
    private static RecordStore honest() {
        RecordStore store = ScriptedPeers.store("honest");
        put(store, BODY, TEXT);
        put(store, NEXT, OTHER);
        put(store, Crafted.record("honest", 0, "First", BODY));
        put(store, Crafted.record("honest", 1, "Next", NEXT));
        return store;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 20, 28, 1_000, 300_000, 1L << 40, (1L << 53) - 1})
    void aRecordThatSaysAWrongSizeKeepsNoBodyFromComing(long size) {
        for (boolean first : new boolean[] {true, false}) {
            ScriptedPeers node = new ScriptedPeers("peer");
            RecordStore peers = ScriptedPeers.store("peer");
            // records are fetched in the order of their times
            put(peers, Crafted.record("liar", first ? 0 : 9, "Lie", Crafted.body(TEXT, size)));
            put(peers, BODY, TEXT);
            put(peers, NEXT, OTHER);
            put(peers, Crafted.record("honest", 5, "First", BODY));
            put(peers, Crafted.record("honest", 6, "Next", NEXT));
            node.honest("peer", peers).pass(ScriptedPeers.PERIOD.multipliedBy(3));
            assertEquals(3, node.set.size());
            assertTrue(node.store.bodies().has(BODY), "the body whose size was lied about");
            assertTrue(node.store.bodies().has(NEXT), "another body");
            assertEquals(List.of(), node.misbehaved());
        }
    }

    @Test
    void aWrongSizeThatIsShorterThanWhatCameAlreadyIsNoTrouble() {
        ScriptedPeers node = new ScriptedPeers("peer");
        put(node.store, Crafted.record("liar", 0, "Lie", Crafted.body(TEXT, 5)));
        put(node.store, Crafted.record("honest", 0, "First", BODY));
        node.store
                .bodies()
                .receive(BODY, 0, TEXT.substring(0, 10).getBytes(StandardCharsets.UTF_8))
                .orThrow();
        node.honest("peer", honest()).pass(ScriptedPeers.PERIOD.multipliedBy(3));
        assertTrue(node.store.bodies().has(BODY));
        assertTrue(node.store.bodies().has(NEXT));
        assertTrue(node.events.stream()
                .noneMatch(event -> event instanceof FederationEvent.Synced synced
                        && synced.report().outcome() == SyncReport.Outcome.FAILED));
        assertEquals(List.of(), node.misbehaved());
    }

    @Test
    void aPartThatComesFromOneSpoilsNothingOfWhatComesFromAnother() {
        ScriptedPeers node = new ScriptedPeers("first", "honest");
        String large = "x".repeat(2 * Limits.DEFAULT.part());
        BodyRef body = Crafted.body(large, large.length());
        RecordStore peers = ScriptedPeers.store("honest");
        put(peers, body, large);
        put(peers, Crafted.record("honest", 0, "Large", body));
        put(node.store, Crafted.record("honest", 0, "Large", body));
        var honest = node.honest(peers);
        node.answers("first", request -> silentAboutBodies(request, honest));
        node.pass(Duration.ofSeconds(1));
        assertEquals(Operation.BODY, node.lastAsked("first").operation());
        node.setBack(Duration.ofMinutes(1)); // which makes claims void, and not what is asked for
        node.answers("honest", request -> silentAboutBodies(request, honest));
        node.syncNow("honest");
        assertEquals(Operation.BODY, node.lastAsked("honest").operation());
        byte[] other = "y".repeat(Limits.DEFAULT.part()).getBytes(StandardCharsets.UTF_8);
        node.answerLate("first", Response.ok(other));
        node.answers("honest", honest);
        node.answerLate("honest", honest.apply(node.lastAsked("honest")).orElseThrow());
        assertTrue(node.store.bodies().has(body));
        assertEquals(List.of(), node.misbehaved());
    }

    private static Optional<Response> silentAboutBodies(
            Request request, Function<Request, Optional<Response>> otherwise) {
        return request.operation() == Operation.BODY ? Optional.empty() : otherwise.apply(request);
    }

    @Test
    void bodiesThatNobodyHasAreNotAskedForEndlessly() {
        ScriptedPeers node = new ScriptedPeers("peer");
        RecordStore peers = ScriptedPeers.store("peer");
        int count = 2000;
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add(Crafted.record("liar", i, "Lie", Crafted.body("nobody has this " + i, 20)));
        }
        var unused = peers.admit(records, AdmissionPolicy.open()::admits);
        node.honest("peer", peers).pass(Duration.ofSeconds(1));
        assertEquals(count, node.set.size());
        var before = node.takeRequests(Operation.BODY);
        node.pass(ScriptedPeers.PERIOD.multipliedBy(10));
        long asked = node.takeRequests(Operation.BODY);
        assertTrue(asked <= 14 * 256, () -> asked + " requests in vain in 10 periods, and before " + before);
        put(peers, Crafted.record("honest", 0, "First", BODY));
        put(peers, BODY, TEXT);
        node.pass(ScriptedPeers.PERIOD.multipliedBy(2));
        assertTrue(node.store.bodies().has(BODY), "what is new is asked for first");
        put(peers, Crafted.body("nobody has this 1234", 20), "nobody has this 1234");
        node.pass(ScriptedPeers.PERIOD.multipliedBy(14));
        assertTrue(
                node.store.bodies().has(Crafted.body("nobody has this 1234", 20)),
                "in the end each is asked for again");
    }

    @Test
    void aPeerThatSendsOtherBytesIsNamedAndTheRestGoesOn() {
        ScriptedPeers node = new ScriptedPeers("peer");
        var honest = node.honest(honest());
        node.answers("peer", request -> {
            Optional<Response> answer = honest.apply(request);
            boolean lies = request.operation() == Operation.BODY
                    && new String(request.body(), StandardCharsets.UTF_8)
                            .contains(BODY.digest().toString());
            return lies ? Optional.of(Response.ok("y".repeat(TEXT.length()).getBytes(StandardCharsets.UTF_8))) : answer;
        });
        node.pass(ScriptedPeers.PERIOD.multipliedBy(3));
        assertEquals(1, node.misbehaved().size(), node.misbehaved()::toString);
        assertTrue(node.store.bodies().has(NEXT));
    }
}
