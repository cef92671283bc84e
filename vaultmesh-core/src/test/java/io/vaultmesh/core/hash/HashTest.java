package io.vaultmesh.core.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashTest {

    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2

    private static Hash filled(int value) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) value);
        return Hash.of(bytes);
    }

    @Test
    void copiesInAndOut() {
        byte[] bytes = new byte[32];
        Hash hash = Hash.of(bytes);
        bytes[0] = 1;
        hash.bytes()[0] = 1;
        assertEquals("00".repeat(32), hash.toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 31, 33, 64})
    void refusesAnyOtherLength(int length) {
        assertEquals(
                "a hash has 32 bytes, these are " + length,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Hash.of(new byte[length]).bytes())
                        .getMessage());
    }

    @Test
    void readsAndWritesWithinAnArrayOnly() {
        Hash hash = Hash.parse(ABC);
        byte[] bytes = new byte[40];
        hash.write(bytes, 8);
        assertEquals(hash, Hash.read(bytes, 8));
        assertThrows(IndexOutOfBoundsException.class, () -> Hash.read(bytes, 9).bytes());
        assertThrows(IndexOutOfBoundsException.class, () -> Hash.read(bytes, -1).bytes());
        assertThrows(IndexOutOfBoundsException.class, () -> hash.write(bytes, 9));
        assertThrows(IndexOutOfBoundsException.class, () -> hash.write(bytes, -1));
    }

    @Test
    void ordersUnsignedByEveryByte() {
        assertTrue(filled(0x7f).compareTo(filled(0x80)) < 0);
        assertTrue(filled(0xff).compareTo(filled(0)) > 0);
        for (int i = 0; i < 32; i++) {
            byte[] larger = filled(0x7f).bytes();
            larger[i] = (byte) 0x80;
            assertTrue(filled(0x7f).compareTo(Hash.of(larger)) < 0, "byte " + i);
            assertTrue(Hash.of(larger).compareTo(filled(0x7f)) > 0, "byte " + i);
            assertNotEquals(filled(0x7f), Hash.of(larger), "byte " + i);
        }
        assertEquals(0, filled(3).compareTo(filled(3)));
        assertEquals(filled(3).hashCode(), filled(3).hashCode());
        assertNotEquals(filled(3), "03".repeat(32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a",
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
                "０a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
            })
    void refusesHexThatItWouldNotWrite(String hex) {
        assertEquals(
                "a hash is written as 64 lower-case hex digits, this is: " + hex,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Hash.parse(hex).bytes())
                        .getMessage());
    }

    @Test
    void refusesBase64ThatItWouldNotWrite() {
        Hash hash = Hash.parse(ABC);
        String base64 = hash.toBase64();
        assertEquals(hash, Hash.parseBase64(base64));
        String looseBits = base64.substring(0, 42) + (char) (base64.charAt(42) + 1) + "=";
        assertArrayEquals(hash.bytes(), Base64.getDecoder().decode(looseBits));
        for (String text : new String[] {
            "", "A", base64.substring(0, 43), base64 + "\n", "*" + base64.substring(1), looseBits, "AAAA", " " + base64
        }) {
            assertEquals(
                    "a hash is written as 44 characters of Base64, this is: " + text,
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> Hash.parseBase64(text).bytes())
                            .getMessage());
        }
    }

    @Test
    void sha256OfBytesStreamsAndFilesAreTheSame(@TempDir Path dir) throws IOException {
        assertEquals(ABC, Hashing.sha256("abc".getBytes(UTF_8)).toString());
        byte[] large = new byte[200_001]; // more than one buffer
        large[200_000] = 7;
        Path file = Files.write(dir.resolve("large"), large);
        assertEquals(Hashing.sha256(large), Hashing.sha256(file));
        assertEquals(Hashing.sha256(large), Hashing.sha256(new ByteArrayInputStream(large)));
        assertEquals(Hashing.sha256(new byte[0]), Hashing.sha256(InputStream.nullInputStream()));
    }

    @Test
    void aFileThatCantBeReadIsNamed(@TempDir Path dir) {
        Path file = dir.resolve("absent");
        String message = assertThrows(
                        UncheckedIOException.class, () -> Hashing.sha256(file).bytes())
                .getMessage();
        assertEquals("there is no file " + file + ", expected one to hash", message);
        assertEquals(
                dir + " is a directory, expected a file to hash",
                assertThrows(
                                UncheckedIOException.class,
                                () -> Hashing.sha256(dir).bytes())
                        .getMessage());
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the wire was cut");
            }
        };
        assertEquals(
                "the wire was cut",
                assertThrows(
                                UncheckedIOException.class,
                                () -> Hashing.sha256(broken).bytes())
                        .getCause()
                        .getMessage());
    }
}
