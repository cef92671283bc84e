package io.vaultmesh.federation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.federation.merge.Crafted;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClaimsTest {

    private static final Duration TIMEOUT = Limits.DEFAULT.timeout();
    private static final Hash ROOT = Hashing.sha256(new byte[0]);

    private static Hash hash(int number) {
        return Hashing.sha256(("id " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] announcement(List<Hash> ids) {
        return new Announcement(AdmissionPolicy.open().id(), ROOT, ids.size(), ids).bytes();
    }

    @Test
    void aPeerThatPromisesRecordsAndNeverSendsThemKeepsThemFromNobody() {
        ScriptedPeers node = new ScriptedPeers("liar", "honest");
        RecordStore peers = ScriptedPeers.store("honest");
        byte[] record = Crafted.record("honest", 0, "What the liar wants to hide");
        var unused = peers.admit(List.of(record), AdmissionPolicy.open()::admits);
        node.honest("honest", peers);
        byte[] promise = announcement(List.of(MerkleTree.leafHash(record)));
        Response first = node.ask("liar", Operation.ANNOUNCE, promise);
        assertEquals(1, Announcement.parse(first.body()).ids().size());
        for (int i = 0; i < 2000 && node.set.size() == 0; i++) {
            node.pass(Duration.ofMillis(50));
            var again = node.ask("liar", Operation.ANNOUNCE, promise);
        }
        assertEquals(1, node.set.size(), "100 seconds later");
    }

    @Test
    void aPromiseOfAPeerThatBrokeItsWordStandsBackForAWhile() {
        PeerId liar = ScriptedPeers.id("liar");
        PeerId other = ScriptedPeers.id("other");
        Claims claims = new Claims(TIMEOUT.multipliedBy(10));
        Instant now = Instant.EPOCH;
        assertTrue(claims.claim(hash(1), liar, now, now.plus(TIMEOUT)));
        assertFalse(claims.claim(hash(1), other, now, now.plus(TIMEOUT)));
        now = now.plus(TIMEOUT);
        assertTrue(claims.claim(hash(1), liar, now, now.plus(TIMEOUT)));
        assertTrue(claims.claim(hash(1), other, now, now.plus(TIMEOUT)));
        assertFalse(claims.claim(hash(1), liar, now, now.plus(TIMEOUT)));
        assertTrue(claims.claim(hash(2), liar, now, now.plus(TIMEOUT.multipliedBy(20))));
        now = now.plus(TIMEOUT.multipliedBy(10));
        assertFalse(claims.claim(hash(2), other, now, now.plus(TIMEOUT)));
        claims.failed(List.of(hash(2)), liar, now);
        assertTrue(claims.claim(hash(3), liar, now, now.plus(TIMEOUT)));
        assertTrue(claims.claim(hash(3), other, now, now.plus(TIMEOUT)));
    }

    @Test
    void aPeerHasNoMoreThanSoManyClaimsWhateverItPromises() {
        ScriptedPeers node = new ScriptedPeers("liar");
        Random random = new Random(3);
        int wanted = 0;
        for (int i = 0; i < 200; i++) {
            List<Hash> ids = IntStream.range(0, Announcement.MOST_IDS)
                    .mapToObj(any -> hash(random.nextInt()))
                    .distinct()
                    .toList();
            wanted += Announcement.parse(node.ask("liar", Operation.ANNOUNCE, announcement(ids))
                            .body())
                    .ids()
                    .size();
        }
        assertEquals(Claims.MOST_OF_A_PEER, wanted);
        node.pass(TIMEOUT.plusSeconds(2));
        Response after = node.ask("liar", Operation.ANNOUNCE, announcement(List.of(hash(1))));
        assertEquals(1, Announcement.parse(after.body()).ids().size());
    }

    @Test
    void newsForAPeerThatIsBusyAreForgottenBeyondWhatCanBeAnnounced() {
        Link link = new Link(Peer.of(ScriptedPeers.id("busy")), Limits.DEFAULT, new Random(1), Instant.EPOCH);
        for (int i = 0; i < 30; i++) {
            int from = 100 * i;
            link.tell(
                    IntStream.range(from, from + 100).mapToObj(ClaimsTest::hash).toList(), Instant.EPOCH);
        }
        assertEquals(Announcement.MOST_IDS + 1, link.waiting());
    }

    @Test
    void aPushOfMoreEntriesThanCanBeWantedIsRefusedAsAWhole() {
        ScriptedPeers node = new ScriptedPeers("liar");
        byte[] junk = new byte[6 * 5000];
        for (int i = 0; i < 5000; i++) {
            junk[6 * i + 1] = 4;
            junk[6 * i + 2] = (byte) i;
            junk[6 * i + 3] = (byte) (i >> 8);
        }
        assertEquals(
                Response.BAD_REQUEST, node.ask("liar", Operation.PUSH, junk).status());
        byte[] few = EntryList.encode(List.of(new byte[4], Crafted.record("honest", 0, "A record")));
        assertEquals(Response.OK, node.ask("liar", Operation.PUSH, few).status());
        assertEquals(1, node.set.size());
    }

    @Test
    void anAnnouncementThatIsTooLongIsNotRead() {
        ScriptedPeers node = new ScriptedPeers("liar");
        byte[] spaces = " ".repeat(Announcement.MOST_BYTES + 1).getBytes(StandardCharsets.UTF_8);
        Response response = node.ask("liar", Operation.ANNOUNCE, spaces);
        assertEquals(Response.BAD_REQUEST, response.status());
        assertTrue(response.text().contains("expected at most " + Announcement.MOST_BYTES), response.text());
    }
}
