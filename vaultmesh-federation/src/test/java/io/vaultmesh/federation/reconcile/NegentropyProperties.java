package io.vaultmesh.federation.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.reconcile.Sets.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class NegentropyProperties {

    @Provide
    Arbitrary<Integer> limits() {
        return Arbitraries.oneOf(
                Arbitraries.of(0, Negentropy.LEAST_FRAME_LIMIT),
                Arbitraries.integers().between(4096, 70_000));
    }

    @Property(tries = 150)
    void aClientEndsWithExactlyTheDifference(
            @ForAll Random random,
            @ForAll @IntRange(max = 1500) int size,
            @ForAll @IntRange(max = 100) int ours,
            @ForAll @IntRange(max = 100) int theirs,
            @ForAll @IntRange(min = 1, max = 2000) int times,
            @ForAll boolean crowded,
            @ForAll("limits") int ourLimit,
            @ForAll("limits") int theirLimit) {
        List<Entry> a = new ArrayList<>();
        List<Entry> b = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Entry entry = new Entry(random.nextInt(times), crowded ? Sets.crowded(i) : Sets.hashed(i));
            if (random.nextInt(100) < ours) {
                a.add(entry);
            }
            if (random.nextInt(100) < theirs) {
                b.add(entry);
            }
        }
        Sets.Outcome outcome = Sets.reconcile(Sets.of(a), ourLimit, Sets.of(b), theirLimit);
        assertEquals(without(a, b), outcome.have);
        assertEquals(without(b, a), outcome.need);
        assertEquals(outcome.have.size() + outcome.need.size(), outcome.named, "each id is named once");
        assertTrue(outcome.rounds <= Negentropy.ROUNDS, outcome.rounds + " rounds");
    }

    private static Set<Hash> without(List<Entry> some, List<Entry> others) {
        Set<Hash> ids = new HashSet<>(Sets.ids(some));
        ids.removeAll(Sets.ids(others));
        return ids;
    }

    /** What is said stays right for what was there before, whatever is added while it is said. */
    @Property(tries = 50)
    void bothSetsMayGrowBetweenMessages(@ForAll Random random, @ForAll("limits") int limit) {
        ItemSet ours = new ItemSet();
        ItemSet theirs = new ItemSet();
        Set<Hash> onlyOurs = new HashSet<>();
        Set<Hash> onlyTheirs = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            int side = random.nextInt(10);
            if (side > 0) {
                ours.add(i / 20, Sets.hashed(i));
            }
            if (side < 9) {
                theirs.add(i / 20, Sets.hashed(i));
            }
            if (side == 9) {
                onlyOurs.add(Sets.hashed(i));
            } else if (side == 0) {
                onlyTheirs.add(Sets.hashed(i));
            }
        }
        NegentropyClient client = Negentropy.of(ours, limit).client();
        Negentropy server = Negentropy.of(theirs, limit);
        Set<Hash> have = new HashSet<>();
        Set<Hash> need = new HashSet<>();
        byte[] message = client.initiate();
        Map<Hash, Integer> timeOf = new HashMap<>();
        for (int i = 0; i < 1000; i++) {
            timeOf.put(Sets.hashed(i), i / 20);
        }
        int more = 1000;
        while (message.length > 0) {
            for (int i = 0; i < 20; i++) {
                int time = random.nextInt(60);
                timeOf.put(Sets.hashed(more), time);
                (random.nextBoolean() ? ours : theirs).add(time, Sets.hashed(more++));
            }
            ReconcileStep step = client.reconcile(server.answer(message));
            have.addAll(step.have());
            need.addAll(step.need());
            step.need().forEach(id -> ours.add(timeOf.get(id), id));
            message = step.next().orElse(new byte[0]);
        }
        assertTrue(have.containsAll(onlyOurs), "what only the client had");
        assertTrue(need.containsAll(onlyTheirs), "what only the server had");
    }
}
