package io.vaultmesh.federation.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SetRootProperties {

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
        return ids().list().ofMaxSize(40);
    }

    @Property
    void isTheRootOfTheDefinition(@ForAll("lists") List<Hash> ids) {
        assertEquals(byDefinition(new HashSet<>(ids), 0), SetRoot.of(ids).root());
    }

    @Property
    void doesNotDependOnTheOrder(@ForAll("lists") List<Hash> ids, @ForAll Random random) {
        List<Hash> shuffled = new ArrayList<>(ids);
        Collections.shuffle(shuffled, random);
        assertEquals(SetRoot.of(ids).root(), SetRoot.of(shuffled).root());
    }

    @Property
    void doesNotDependOnHowOftenAnIdCame(@ForAll("lists") List<Hash> ids) {
        List<Hash> twice = new ArrayList<>(ids);
        twice.addAll(ids);
        SetRoot set = SetRoot.of(twice);
        assertEquals(SetRoot.of(ids).root(), set.root());
        assertEquals(new HashSet<>(ids).size(), set.size());
    }

    @Property
    void differsIfTheSetsDiffer(@ForAll("lists") List<Hash> one, @ForAll("lists") List<Hash> other) {
        Assume.that(!new HashSet<>(one).equals(new HashSet<>(other)));
        assertNotEquals(SetRoot.of(one).root(), SetRoot.of(other).root());
    }

    @Property
    void containsExactlyWhatWasAdded(@ForAll("lists") List<Hash> ids, @ForAll("ids") Hash another) {
        assertEquals(ids.contains(another), SetRoot.of(ids).contains(another));
        ids.forEach(id -> assertEquals(true, SetRoot.of(ids).contains(id)));
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
