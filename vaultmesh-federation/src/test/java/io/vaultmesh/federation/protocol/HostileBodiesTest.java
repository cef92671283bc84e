package io.vaultmesh.federation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.merge.Crafted;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.BodyRef;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
            byte[] lie = Crafted.record("liar", 0, "Lie", Crafted.body(TEXT, size));
            if (first) {
                put(peers, lie);
            }
            put(peers, BODY, TEXT);
            put(peers, NEXT, OTHER);
            put(peers, Crafted.record("honest", 0, "First", BODY));
            put(peers, Crafted.record("honest", 1, "Next", NEXT));
            if (!first) {
                put(peers, lie);
            }
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
        put(node.store, Crafted.record("honest", 0, "First", BODY));
        put(node.store, Crafted.record("liar", 0, "Lie", Crafted.body(TEXT, 5)));
        node.store
                .bodies()
                .receive(BODY, 0, TEXT.substring(0, 10).getBytes(StandardCharsets.UTF_8))
                .orThrow();
        node.honest("peer", honest()).pass(ScriptedPeers.PERIOD.multipliedBy(3));
        assertTrue(node.store.bodies().has(BODY));
        assertTrue(node.store.bodies().has(NEXT));
        assertEquals(List.of(), node.misbehaved());
    }

    @Test
    void aPartThatComesLateSpoilsNothingOfWhatComesFromAnother() {
        // the slow one's claim has ended when its answer comes, and the body comes from the other one by then
        ScriptedPeers node = new ScriptedPeers("slow", "honest");
        String large = "x".repeat(2 * Limits.DEFAULT.part());
        BodyRef body = Crafted.body(large, large.length());
        RecordStore peers = ScriptedPeers.store("honest");
        put(peers, body, large);
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            records.add(Crafted.record("liar", i, "Bait", Crafted.body("nobody has this " + i, 20)));
        }
        records.add(Crafted.record("honest", 0, "Large", body));
        records.forEach(record -> put(peers, record));
        records.forEach(record -> put(node.store, record));
        var honest = node.honest(peers);
        node.answers(
                "slow", request -> request.operation() == Operation.BODY ? Optional.empty() : honest.apply(request));
        Duration nearlyTooLate = Limits.DEFAULT.timeout().minusSeconds(1);
        node.pass(Duration.ofMillis(500));
        node.pass(nearlyTooLate);
        for (int i = 0; i < 3; i++) {
            node.answerLate("slow", Response.refused(Response.NOT_FOUND, "none"));
            node.pass(nearlyTooLate);
        }
        assertTrue(bodyAsked(node, "slow", body), "the slow one is asked for the large body");
        node.answers(
                "honest", request -> request.operation() == Operation.BODY ? Optional.empty() : honest.apply(request));
        node.pass(Duration.ofMillis(500));
        byte[] other = "y".repeat(Limits.DEFAULT.part()).getBytes(StandardCharsets.UTF_8);
        node.answerLate("slow", Response.ok(other));
        node.honest("honest", peers).pass(ScriptedPeers.PERIOD.multipliedBy(30));
        assertTrue(node.store.bodies().has(body));
        assertTrue(
                node.misbehaved().stream().noneMatch(event -> event.peer().equals(ScriptedPeers.id("honest"))),
                node.misbehaved()::toString);
    }

    private static boolean bodyAsked(ScriptedPeers node, String peer, BodyRef body) {
        return new String(node.lastAsked(peer).body(), StandardCharsets.UTF_8)
                .contains(body.digest().toString());
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
