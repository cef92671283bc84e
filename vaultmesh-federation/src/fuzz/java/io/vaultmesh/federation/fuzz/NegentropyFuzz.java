package io.vaultmesh.federation.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.federation.reconcile.ItemSet;
import io.vaultmesh.federation.reconcile.Negentropy;
import io.vaultmesh.federation.reconcile.NegentropyClient;
import io.vaultmesh.federation.reconcile.NegentropyException;
import io.vaultmesh.federation.reconcile.ReconcileStep;

/** A message is refused, or answered within the frame limit by what a client understands, in both roles. */
class NegentropyFuzz {

    private static final int ITEMS = 300;
    private static final int LIMIT = 4096;
    private static final ItemSet SET = set();
    private static final Hash ROOT = SET.root();

    private static ItemSet set() {
        ItemSet set = new ItemSet();
        for (int i = 0; i < ITEMS; i++) {
            set.add(i / 3, Hashing.sha256(new byte[] {(byte) i, (byte) (i >> 8)}));
        }
        return set;
    }

    @FuzzTest
    void parse(byte[] message) {
        asServer(message);
        asClient(message);
        assertTrue(ROOT.equals(SET.root()) && SET.size() == ITEMS, "messages don't change a set");
    }

    private static void asServer(byte[] message) {
        try {
            byte[] answer = Negentropy.of(SET, LIMIT).answer(message);
            assertTrue(answer.length <= LIMIT, () -> answer.length + " bytes");
            assertArrayEquals(answer, Negentropy.of(SET, LIMIT).answer(message));
            byte[] understood = Negentropy.of(new ItemSet()).answer(answer);
            assertTrue(understood.length > 0, "an answer is a message");
        } catch (NegentropyException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank(), "a refusal says why");
        }
    }

    private static void asClient(byte[] message) {
        NegentropyClient client = Negentropy.of(SET, LIMIT).client();
        byte[] first = client.initiate();
        try {
            ReconcileStep step = client.reconcile(message);
            assertTrue(step.need().size() <= message.length / Hash.LENGTH, "no more is needed than was listed");
            assertTrue(step.have().stream().distinct().count() == step.have().size(), "each id is had once");
            assertTrue(step.need().stream().noneMatch(SET::contains), "what is here is not needed");
            assertTrue(step.next().map(next -> next.length).orElse(first.length) <= LIMIT, "within the limit");
        } catch (NegentropyException refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank(), "a refusal says why");
        }
    }
}
