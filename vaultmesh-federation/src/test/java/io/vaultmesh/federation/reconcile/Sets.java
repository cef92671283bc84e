package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Items to test with, and exchanges between two sets. */
final class Sets {

    /** An item that a test knows by its value. */
    record Entry(long timestamp, Hash id) {}

    private Sets() {}

    static Hash hashed(int i) {
        return Hashing.sha256(Integer.toString(i).getBytes(StandardCharsets.US_ASCII));
    }

    /** An id whose first 30 bytes are zero. */
    static Hash crowded(int i) {
        byte[] bytes = new byte[Hash.LENGTH];
        bytes[30] = (byte) (i >> 8);
        bytes[31] = (byte) i;
        return Hash.of(bytes);
    }

    static ItemSet of(Collection<Entry> entries) {
        ItemSet set = new ItemSet();
        entries.forEach(entry -> set.add(entry.timestamp(), entry.id()));
        return set;
    }

    /** The first {@code n} hashes, a second each. */
    static ItemSet counted(int n) {
        ItemSet set = new ItemSet();
        for (int i = 0; i < n; i++) {
            set.add(i, hashed(i));
        }
        return set;
    }

    static Set<Hash> ids(Collection<Entry> entries) {
        return entries.stream().map(Entry::id).collect(Collectors.toSet());
    }

    /** What an exchange came to. */
    static final class Outcome {
        final Set<Hash> have = new HashSet<>();
        final Set<Hash> need = new HashSet<>();
        int named;
        int rounds;
        long bytes;

        void add(ReconcileStep step) {
            have.addAll(step.have());
            need.addAll(step.need());
            named += step.have().size() + step.need().size();
        }
    }

    static Outcome reconcile(ItemSet ours, int ourLimit, ItemSet theirs, int theirLimit) {
        NegentropyClient client = Negentropy.of(ours, ourLimit).client(5000, Negentropy.BYTES);
        Negentropy server = Negentropy.of(theirs, theirLimit);
        Outcome outcome = new Outcome();
        byte[] message = client.initiate();
        while (true) {
            byte[] answer = server.answer(message);
            outcome.rounds++;
            outcome.bytes += message.length + answer.length;
            ReconcileStep step = client.reconcile(answer);
            outcome.add(step);
            if (step.next().isEmpty()) {
                return outcome;
            }
            message = step.next().get();
        }
    }
}
