package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index's memory doesn't grow with the log. */
class LeafIndexMemoryTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path dir;

    /** The bytes of all arrays of numbers that an object holds. */
    private static long bytes(Object object, Set<Object> seen) throws IllegalAccessException {
        if (object == null || !seen.add(object)) {
            return 0;
        }
        Class<?> type = object.getClass();
        long bytes = 0;
        if (object instanceof ByteBuffer buffer) {
            return buffer.capacity();
        } else if (object instanceof byte[] array) {
            return array.length;
        } else if (object instanceof int[] array) {
            return 4L * array.length;
        } else if (object instanceof long[] array) {
            return 8L * array.length;
        } else if (object instanceof Map<?, ?> map) {
            return bytes(map.values(), seen);
        } else if (object instanceof Iterable<?> all && !(object instanceof Path)) {
            for (Object element : all) {
                bytes += bytes(element, seen);
            }
            return bytes;
        }
        assertEquals(false, type.isArray(), type + " isn't counted");
        if (type.getPackage() != LeafIndex.class.getPackage() || type.isHidden()) {
            return 0;
        }
        for (Field field : type.getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                bytes += bytes(field.get(object), seen);
            }
        }
        return bytes;
    }

    private static long bytes(LeafIndex index) throws IllegalAccessException {
        return bytes(index, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    @Test
    void isThatOfTwoTablesAtMostAndOfOneWhenItIsMaintained() throws Exception {
        try (LeafIndex index = LeafIndex.open(dir, 0, Leaves::spread)) {
            assertTrue(bytes(index) < MIB / 16, "an empty one takes next to nothing");
            long most = 0;
            for (int i = 0; i < 200_000; i++) {
                index.makeRoom(1);
                index.add(i, Leaves.spread(i));
                if (i % 9973 == 0) {
                    most = Math.max(most, bytes(index));
                    index.maintain();
                    assertTrue(bytes(index) < 1.7 * MIB, i + ": " + bytes(index));
                }
            }
            assertTrue(most > 2 * MIB && most < 3.2 * MIB, "at most " + most);
        }
        assertTrue(Leaves.files(dir).size() > 2);
    }

    /** So that a run of any length takes 132 KiB at most. */
    @Test
    void ofARunIsBounded() {
        assertEquals(1, IndexFooter.bits(1));
        assertEquals(1, IndexFooter.bits(2047));
        assertEquals(2, IndexFooter.bits(2048));
        assertEquals(14, IndexFooter.bits(10_000_000));
        assertEquals(14, IndexFooter.bits(Long.MAX_VALUE));
    }
}
