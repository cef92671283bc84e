package io.vaultmesh.federation.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
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

class SetRootTest {

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
                            Map.Entry::getKey, set -> SetRoot.of(set.getValue()).root()));
            assertEquals(golden(), roots);
        }

        private static Map<String, Hash> golden() throws IOException {
            try (InputStream file = SetRootTest.class.getResourceAsStream("/golden/set-root/roots.txt")) {
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
            SetRoot two = SetRoot.of(List.of(ZERO, ALL));
            assertNotEquals(two.root(), SetRoot.of(List.of(two.root())).root());
        }

        @Test
        void doesNotChangeWhenASetGrowsOutOfIt() {
            SetRoot before = SetRoot.of(counted(50));
            Hash root = before.root();
            assertNotEquals(root, before.with(ALL).root());
            assertEquals(root, before.root());
            assertEquals(root, SetRoot.of(counted(50)).root());
        }
    }

    @Nested
    class With {
        @Test
        void changesNothingIfTheIdIsThere() {
            SetRoot set = SetRoot.of(counted(10));
            for (Hash id : counted(10)) {
                assertSame(set, set.with(id));
            }
            assertEquals(10, set.size());
        }

        @Test
        void takesIdsThatDifferInAnyBit() {
            List<Hash> ids = deepest();
            SetRoot set = SetRoot.of(ids);
            assertEquals(257, set.size());
            ids.forEach(id -> assertTrue(set.contains(id), id::toString));
        }
    }

    @Nested
    class Contains {
        @Test
        void isFalseForWhatIsNotThere() {
            assertFalse(SetRoot.empty().contains(ZERO));
            assertFalse(SetRoot.of(List.of(ZERO)).contains(ONE));
            assertFalse(SetRoot.of(counted(10)).contains(ALL));
        }
    }

    @Nested
    class AsAValue {
        @Test
        void equalsASetWithTheSameIds() {
            SetRoot set = SetRoot.of(List.of(ZERO, ONE));
            assertEquals(set, SetRoot.of(List.of(ONE, ZERO)));
            assertEquals(set.hashCode(), SetRoot.of(List.of(ONE, ZERO)).hashCode());
            assertNotEquals(set, SetRoot.of(List.of(ONE)));
            assertNotEquals(set, SetRoot.of(List.of(ONE, ALL)));
            assertFalse(set.equals("set"));
        }

        @Test
        void printsSizeAndRoot() {
            assertEquals(
                    "0 ids, root e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                    SetRoot.empty().toString());
        }
    }
}
