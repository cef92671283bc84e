package io.vaultmesh.federation.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.federation.reconcile.Sets.Entry;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ItemSetProperties {

    /** Ids as they are, and ids with long common prefixes, as an attacker chooses them. */
    @Provide
    Arbitrary<Hash> ids() {
        Arbitrary<Hash> spread =
                Arbitraries.bytes().array(byte[].class).ofSize(Hash.LENGTH).map(Hash::of);
        Arbitrary<Hash> crowded = Arbitraries.integers().between(0, 20).map(n -> {
            byte[] bytes = new byte[Hash.LENGTH];
            bytes[Hash.LENGTH - 1] = n.byteValue();
            return Hash.of(bytes);
        });
        return Arbitraries.oneOf(spread, crowded);
    }

    @Provide
    Arbitrary<List<Hash>> lists() {
        return ids().list().ofMaxSize(30);
    }

    @Property(tries = 300)
    void isTheRootOfTheDefinition(@ForAll("lists") List<Hash> ids) {
        assertEquals(byDefinition(new HashSet<>(ids), 0), set(ids).root());
    }

    @Property(tries = 300)
    void doesNotDependOnTheOrder(@ForAll("lists") List<Hash> ids, @ForAll Random random) {
        List<Hash> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, random);
        assertEquals(set(ids).root(), set(shuffled).root());
    }

    @Property(tries = 300)
    void doesNotDependOnHowOftenAnIdCame(@ForAll("lists") List<Hash> ids) {
        List<Hash> twice = new ArrayList<>(ids);
        twice.addAll(ids);
        ItemSet set = set(twice);
        assertEquals(set(ids).root(), set.root());
        assertEquals(new HashSet<>(ids).size(), set.size());
    }

    @Property(tries = 300)
    void differsIfTheSetsDiffer(@ForAll("lists") List<Hash> one, @ForAll("lists") List<Hash> other) {
        Assume.that(!new HashSet<>(one).equals(new HashSet<>(other)));
        assertNotEquals(set(one).root(), set(other).root());
    }

    @Property(tries = 300)
    void containsExactlyWhatWasAdded(@ForAll("lists") List<Hash> ids, @ForAll("ids") Hash another) {
        assertEquals(ids.contains(another), set(ids).contains(another));
        ids.forEach(id -> assertEquals(true, set(ids).contains(id)));
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<Long> times = Arbitraries.oneOf(
                Arbitraries.longs().between(0, 3), Arbitraries.longs().between(0, ItemSet.LAST_TIMESTAMP));
        Arbitrary<Entry> entry = Combinators.combine(times, ids()).as(Entry::new);
        return entry.list().uniqueElements(Entry::id).ofMaxSize(120);
    }

    @Property(tries = 100)
    void knowsTheRankTheItemAndTheFingerprintOfEveryRange(
            @ForAll("entries") List<Entry> entries, @ForAll("entries") List<Entry> places, @ForAll Random random) {
        ItemSet set = Sets.of(entries);
        List<Entry> sorted = entries.stream()
                .sorted(Comparator.comparing(Entry::timestamp).thenComparing(Entry::id))
                .toList();
        for (int i = 0; i < sorted.size(); i++) {
            assertEquals(
                    sorted.get(i), new Entry(set.get(i).timestamp(), set.get(i).id()));
            assertEquals(i, set.rank(Bound.before(set.get(i))));
        }
        for (Entry place : places) {
            long expected =
                    sorted.stream().filter(entry -> order(entry, place) < 0).count();
            assertEquals(expected, set.rank(new Bound(place.timestamp(), place.id(), Hash.LENGTH)));
        }
        assertEquals(sorted.size(), set.rank(Bound.INFINITY));
        Fingerprints fingerprints = set.fingerprints();
        for (int i = 0; i < 20; i++) {
            int from = random.nextInt(sorted.size() + 1);
            int to = from + random.nextInt(sorted.size() + 1 - from);
            assertEquals(byDefinition(sorted.subList(from, to)), fingerprints.of(from, to));
            List<Hash> ids = new ArrayList<>();
            set.forEach(from, to, ordinal -> ids.add(set.pool().get(ordinal)));
            assertEquals(sorted.subList(from, to).stream().map(Entry::id).toList(), ids);
        }
    }

    private static int order(Entry a, Entry b) {
        int order = Long.compare(a.timestamp(), b.timestamp());
        return order != 0 ? order : a.id().compareTo(b.id());
    }

    /** The fingerprint by its definition, with large numbers. */
    private static Fingerprint byDefinition(List<Entry> entries) {
        BigInteger sum = BigInteger.ZERO;
        for (Entry entry : entries) {
            sum = sum.add(new BigInteger(1, reversed(entry.id().bytes())));
        }
        byte[] big = sum.mod(BigInteger.TWO.pow(256)).toByteArray();
        byte[] little = new byte[Hash.LENGTH];
        for (int i = 0; i < Math.min(Hash.LENGTH, big.length); i++) {
            little[i] = big[big.length - 1 - i];
        }
        int n = entries.size();
        byte[] count = n < 128 ? new byte[] {(byte) n} : new byte[] {(byte) (n >> 7 | 0x80), (byte) (n & 0x7f)};
        ByteBuffer hash = ByteBuffer.wrap(Hashing.sha256(concat(little, count)).bytes());
        return new Fingerprint(hash.getLong(), hash.getLong());
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    private static ItemSet set(List<Hash> ids) {
        ItemSet set = new ItemSet();
        ids.forEach(id -> set.add(0, id));
        return set;
    }

    /** The definition, bit by bit, without a tree. */
    private static Hash byDefinition(Set<Hash> ids, int bit) {
        if (ids.isEmpty()) {
            return Hashing.sha256(new byte[0]);
        }
        if (ids.size() == 1) {
            return Hashing.sha256(concat(new byte[] {0}, ids.iterator().next().bytes()));
        }
        Set<Hash> zero = new HashSet<>();
        Set<Hash> one = new HashSet<>();
        ids.forEach(id -> (new BigInteger(1, id.bytes()).testBit(255 - bit) ? one : zero).add(id));
        if (zero.isEmpty() || one.isEmpty()) {
            return byDefinition(ids, bit + 1);
        }
        byte[] left = byDefinition(zero, bit + 1).bytes();
        byte[] right = byDefinition(one, bit + 1).bytes();
        return Hashing.sha256(concat(new byte[] {1}, concat(left, right)));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
