package io.vaultmesh.federation.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
            assertEquals(List.of(2, 4, 8), told);
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

    @Nested
    class ErasedBodies {

        private final BodyRef body = Crafted.body("What was erased", 15);
        private final byte[] record = Crafted.record("author", 0, "A record", body);
        private final Hash id = MerkleTree.leafHash(record);

        private int wanted(byte[]... entries) {
            RecordStore store = store();
            RecordSet.of(store, AdmissionPolicy.open()).admit(List.of(entries));
            RecordSet set = RecordSet.of(store, AdmissionPolicy.open())
                    .ownedBy(Crafted.key("owner").publicKey().didKey());
            set.wantBodies();
            assertEquals(entries.length, set.refresh().size());
            return set.wantedBodies().size();
        }

        @ParameterizedTest
        @CsvSource({"author,0", "owner,0", "stranger,1"})
        void areNotWantedAgainIfTheErasureCounts(String by, int expected) {
            byte[] erasure = Crafted.erasure(by, 1, id, body.digest());
            assertEquals(1, wanted(record));
            assertEquals(expected, wanted(record, erasure));
            assertEquals(expected, wanted(erasure, record));
        }

        @Test
        void areWantedForAnotherRecordThatHasThem() {
            byte[] other = Crafted.record("author", 1, "Another", body);
            byte[] erasure = Crafted.erasure("author", 2, id, body.digest());
            byte[] again = Crafted.erasure("author", 3, id, body.digest());
            assertEquals(1, wanted(record, other, erasure, again));
            assertEquals(1, wanted(erasure, record, again, other));
            byte[] all = Crafted.erasure("author", 4, MerkleTree.leafHash(other), body.digest());
            assertEquals(0, wanted(record, other, erasure, all));
        }
    }
}
