package io.vaultmesh.federation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.federation.merge.Crafted;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RefusedRecordsTest {

    private final RecordStore peers = ScriptedPeers.store("peer");
    private final ScriptedPeers.Disk disk = new ScriptedPeers.Disk();

    @BeforeEach
    void aPeerHasRecordsThatThePolicyRefuses() {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            records.add(Crafted.record("stranger", i, "Spam " + i));
        }
        records.add(Crafted.record("friend", 0, "News"));
        var unused = peers.admit(records, AdmissionPolicy.open()::admits);
    }

    private static AdmissionPolicy only(String... authors) {
        AdmissionPolicy policy = AdmissionPolicy.builder()
                .authors(List.of(authors).stream()
                        .map(author -> Crafted.key(author).publicKey().didKey())
                        .toArray(String[]::new))
                .build();
        return policy;
    }

    /** How many requests for records a node that begins anew makes in three periods. */
    private long fetches(AdmissionPolicy policy) {
        ScriptedPeers node = new ScriptedPeers(UnaryOperator.identity(), policy, disk, "peer");
        node.honest("peer", peers).pass(ScriptedPeers.PERIOD.multipliedBy(3));
        assertTrue(node.set.size() > 0 || node.takeRequests(Operation.FETCH) > 0);
        return node.events.stream()
                .filter(FederationEvent.Refused.class::isInstance)
                .count();
    }

    @Test
    void areNotAskedForAgainAfterARestart() {
        assertEquals(20, fetches(only("friend")));
        assertEquals(0, fetches(only("friend")));
        assertEquals(1, disk.saved());
    }

    @Test
    void areAskedForAgainUnderAnotherPolicy() {
        assertEquals(20, fetches(only("friend")));
        assertEquals(0, fetches(only("friend", "stranger")));
        assertEquals(20, fetches(only("friend", "somebody")));
    }

    @Test
    void areForgottenIfWhatWasKeptIsDamaged() {
        assertEquals(20, fetches(only("friend")));
        disk.saveRefused(peers.namespace(), new byte[100]);
        assertEquals(20, fetches(only("friend")));
        disk.saveRefused(peers.namespace(), new byte[0]);
        assertEquals(20, fetches(only("friend")));
    }

    @Test
    void doNotIncludeAnIdWhoseBytesSomebodyGotWrong() {
        ScriptedPeers node = new ScriptedPeers(UnaryOperator.identity(), AdmissionPolicy.open(), disk, "liar");
        var honest = node.honest(peers);
        Hash friends = MerkleTree.leafHash(Crafted.record("friend", 0, "News"));
        node.answers("liar", request -> {
            Response answer = honest.apply(request).orElseThrow();
            if (request.operation() == Operation.FETCH) {
                List<byte[]> entries = new ArrayList<>(EntryList.decode(answer.body()));
                entries.forEach(entry -> entry[40] ^= 1);
                answer = Response.ok(EntryList.encode(entries));
            }
            return Optional.of(answer);
        });
        node.pass(ScriptedPeers.PERIOD);
        assertFalse(node.misbehaved().isEmpty());
        assertEquals(Optional.empty(), node.set.refusal(friends));
        node.honest("liar", peers).pass(ScriptedPeers.PERIOD.multipliedBy(20));
        assertTrue(node.set.contains(friends));
    }

    @Test
    void areBoundedInNumberOverRestartsToo() {
        RecordSet set = RecordSet.of(ScriptedPeers.store("node"), only("friend"));
        byte[] judged = new byte[(RecordSet.MOST_REFUSED + 10) * Hash.LENGTH];
        System.arraycopy(set.refusals(), 0, judged, 0, Hash.LENGTH);
        for (int i = 1; i < RecordSet.MOST_REFUSED + 10; i++) {
            judged[i * Hash.LENGTH] = (byte) i;
            judged[i * Hash.LENGTH + 1] = (byte) (i >> 8);
            judged[i * Hash.LENGTH + 2] = (byte) (i >> 16);
        }
        set.recall(judged);
        assertEquals((RecordSet.MOST_REFUSED + 1) * Hash.LENGTH, set.refusals().length);
    }

    @Test
    void showNoMoreOfAPeersWordsThanALine() {
        String text = Response.refused(
                        Response.FORBIDDEN, "no\n2026 ERROR \u001b[31mforged\u2028line " + "x".repeat(5000))
                .text();
        assertEquals(1, text.lines().count());
        assertTrue(text.chars().noneMatch(Character::isISOControl), text);
        assertEquals(201, text.length());
    }
}
