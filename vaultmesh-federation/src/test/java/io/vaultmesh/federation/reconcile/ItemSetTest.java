package io.vaultmesh.federation.reconcile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ItemSetTest {

    private static final Hash ZERO = number(BigInteger.ZERO);
    private static final Hash ONE = number(BigInteger.ONE);
    private static final Hash HIGH = Hash.parse("80" + "0".repeat(62));
    private static final Hash ALL = Hash.parse("f".repeat(64));

    private static Hash number(BigInteger number) {
        return Hash.parse(String.format("%064x", number));
    }

    private static List<Hash> counted(int n) {
        return IntStream.range(0, n)
                .mapToObj(i -> Hashing.sha256(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    private static ItemSet set(List<Hash> ids) {
        ItemSet set = new ItemSet();
        ids.forEach(id -> set.add(0, id));
        return set;
    }

    private static List<Hash> deepest() {
        List<Hash> ids = new ArrayList<>(List.of(ZERO));
        IntStream.range(0, 256).forEach(k -> ids.add(number(BigInteger.TWO.pow(k))));
        return ids;
    }

    @Nested
    class Root {
        @Test
        void isWhatAnIndependentProgramComputes() throws IOException {
            Map<String, List<Hash>> sets = Map.of(
                    "empty", List.of(),
                    "all-zero", List.of(ZERO),
                    "first-bit", List.of(ZERO, HIGH),
                    "last-bit", List.of(ZERO, ONE),
                    "three", List.of(ZERO, ONE, ALL),
                    "deepest", deepest(),
                    "counted-2", counted(2),
                    "counted-7", counted(7),
                    "counted-1000", counted(1000));
            Map<String, Hash> roots = sets.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, set -> set(set.getValue()).root()));
            assertEquals(golden(), roots);
        }

        private static Map<String, Hash> golden() throws IOException {
            try (InputStream file = ItemSetTest.class.getResourceAsStream("/golden/set-root/roots.txt")) {
                assertNotNull(file);
                return new String(file.readAllBytes(), StandardCharsets.US_ASCII)
                        .lines()
                        .map(line -> line.split(" "))
                        .collect(Collectors.toMap(words -> words[0], words -> Hash.parse(words[1])));
            }
        }

        @Test
        void ofASetInASetIsNotThatOfItsRoot() {
            // without the 0x00 and 0x01 before what is hashed, a node could pass for an id
            ItemSet two = set(List.of(ZERO, ALL));
            assertNotEquals(two.root(), set(List.of(two.root())).root());
        }

        @Test
        void isThatOfTheWholeSetWheneverItIsAskedFor() {
            ItemSet growing = new ItemSet();
            List<Hash> ids = counted(300);
            for (int i = 0; i < ids.size(); i++) {
                growing.add(i, ids.get(i));
                if (i % 7 == 0) {
                    assertEquals(set(ids.subList(0, i + 1)).root(), growing.root(), "after " + (i + 1));
                }
            }
            assertEquals(set(ids).root(), growing.root());
        }

        @Test
        void doesNotDependOnTimes() {
            ItemSet later = new ItemSet();
            counted(20).forEach(id -> later.add(1000, id));
            assertEquals(set(counted(20)).root(), later.root());
        }
    }

    @Nested
    class Add {
        @Test
        void saysWhetherTheSetHasGrown() {
            ItemSet set = new ItemSet();
            for (Hash id : counted(50)) {
                assertTrue(set.add(7, id));
                assertFalse(set.add(7, id));
            }
            assertEquals(50, set.size());
        }

        @Test
        void keepsTheTimeThatAnIdHas() {
            ItemSet set = set(List.of(ZERO));
            assertFalse(set.add(9, ZERO));
            assertEquals(0, set.get(0).timestamp());
        }

        @Test
        void takesIdsThatDifferInAnyBit() {
            List<Hash> ids = deepest();
            ItemSet set = set(ids);
            assertEquals(257, set.size());
            ids.forEach(id -> assertTrue(set.contains(id), id::toString));
        }

        @Test
        void bringsTimesIntoTheRangeThatEveryPeerCanWrite() {
            ItemSet set = new ItemSet();
            assertTrue(set.add(Long.MIN_VALUE, ZERO));
            assertTrue(set.add(-1, ONE));
            assertTrue(set.add(ItemSet.LAST_TIMESTAMP, HIGH));
            assertTrue(set.add(Long.MAX_VALUE, ALL));
            assertEquals(
                    List.of(0, 0, Integer.MAX_VALUE - 2, Integer.MAX_VALUE - 2),
                    IntStream.range(0, 4).mapToObj(i -> set.get(i).timestamp()).toList());
            assertEquals((1L << 31) - 3, ItemSet.LAST_TIMESTAMP);
        }

        @Test
        void takesNoMoreThan160BytesOfTheHeapForARecord() {
            Hash[] ids = IntStream.range(0, 60_000).mapToObj(Sets::hashed).toArray(Hash[]::new);
            double each = heapForEach(ids);
            for (int again = 0; again < 4 && each <= 70; again++) {
                each = heapForEach(ids); // what other tests left was freed meanwhile
            }
            assertTrue(each > 70 && each <= 160, each + " bytes a record");
        }

        private static double heapForEach(Hash[] ids) {
            long before = heap();
            ItemSet ascending = new ItemSet();
            ItemSet shuffled = new ItemSet();
            for (int i = 0; i < ids.length; i++) {
                ascending.add(i, ids[i]);
                shuffled.add(ids[i].bytes()[3] * 1000 + ids[i].bytes()[4], ids[i]);
            }
            assertEquals(ascending.root(), shuffled.root());
            double each = (double) (heap() - before) / (2 * ids.length);
            assertEquals(2 * ids.length, ascending.size() + shuffled.size());
            return each;
        }

        private static long heap() {
            System.gc();
            return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
    }

    @Nested
    class Contains {
        @Test
        void isFalseForWhatIsNotThere() {
            assertFalse(new ItemSet().contains(ZERO));
            assertFalse(set(List.of(ZERO)).contains(ONE));
            assertFalse(set(counted(10)).contains(ALL));
        }
    }

    @Nested
    class AsText {
        @Test
        void printsSizeAndRoot() {
            assertEquals(
                    "0 ids, root e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    new ItemSet().toString());
        }
    }
}
