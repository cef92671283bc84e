package io.vaultmesh.federation.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecordSetTest {

    private static RecordStore store() {
        return RecordStore.inMemory(NamespaceName.MAIN, NoteSigner.ed25519("node.example/main", Crafted.key("log")));
    }

    @Nested
    class AuthorsWhoContradictThemselves {

        /** Records that all have one number. */
        private static List<byte[]> records(int count) {
            List<byte[]> records = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                records.add(Crafted.record("liar", 7, "Story " + i));
            }
            return records;
        }

        @Test
        void areNamedWithAllTheirRecords() {
            RecordStore store = store();
            List<byte[]> records = records(5);
            RecordSet set = RecordSet.of(store, AdmissionPolicy.open());
            set.admit(records);
            assertEquals(5, set.refresh().size());
            Conflict conflict = set.conflicts().iterator().next();
            assertEquals(1, set.conflicts().size());
            assertEquals(records.stream().map(MerkleTree::leafHash).sorted().toList(), conflict.ids());
            assertEquals(List.of(conflict), set.takeNewConflicts());
            assertEquals(List.of(), set.takeNewConflicts());
        }

        @Test
        void areNamedAgainWhenThereIsMoreEvidence() {
            RecordSet set = RecordSet.of(store(), AdmissionPolicy.open());
            List<Integer> told = new ArrayList<>();
            for (byte[] record : records(9)) {
                set.admit(List.of(record));
                var unused = set.refresh();
                set.takeNewConflicts()
                        .forEach(conflict -> told.add(conflict.ids().size()));
            }
            assertEquals(2, told.get(0));
            assertTrue(told.size() > 1, told::toString);
        }

        @Test
        void costNoMoreThanTheirRecordsDo() {
            RecordStore store = store();
            RecordSet.of(store, AdmissionPolicy.open()).admit(records(4000));
            RecordSet set = RecordSet.of(store, AdmissionPolicy.open());
            assertEquals(4000, set.refresh().size());
            Collection<Conflict> told = set.takeNewConflicts();
            assertEquals(
                    4000,
                    told.stream().mapToInt(conflict -> conflict.ids().size()).sum(),
                    "ids are named once");
        }
    }

    @Nested
    class RefusedRecords {

        @Test
        void areRememberedWithTheBeginningOfTheReasonWhateverThePolicyNames() {
            String[] authors = IntStream.range(0, 1000)
                    .mapToObj(i -> Crafted.key("author " + i).publicKey().didKey())
                    .toArray(String[]::new);
            RecordSet set = RecordSet.of(
                    store(), AdmissionPolicy.builder().authors(authors).build());
            byte[] record = Crafted.record("stranger", 0, "Spam");
            set.admit(List.of(record));
            String reason = set.refusal(MerkleTree.leafHash(record)).orElseThrow();
            assertTrue(reason.startsWith("author is did:key:"), reason);
            assertTrue(reason.length() < 300, () -> "a reason has " + reason.length() + " characters");
        }
    }
}
