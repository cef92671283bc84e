package io.vaultmesh.federation.reconcile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages that no peer of good will sends, to a server and to a client. */
class MalformedMessageTest {

    private final ItemSet set = Sets.counted(100);

    private void answer(byte[] message) {
        byte[] unused = Negentropy.of(set, 4096).answer(message);
    }

    private ReconcileStep reconcile(byte[] message) {
        NegentropyClient client = Negentropy.of(set).client();
        byte[] unused = client.initiate();
        return client.reconcile(message);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of()
                .parseHex(hex.replace(" ", "").replace("ID0", Sets.hashed(0).toString()));
    }

    @ParameterizedTest
    @CsvSource({
        "'', the message ends within the version",
        "5f, a message of negentropy begins with a byte of 0x60 to 0x6f",
        "70, a message of negentropy begins with a byte of 0x60 to 0x6f",
        "61 00 00, the message ends within a mode",
        "61 00 00 03, 'the mode is 3, expected 0, 1 or 2'",
        "61 00 00 81ffffffffffffffff7f, 'expected 0, 1 or 2'",
        "61 00 00 02 8180808080808080 00, 'claims 72057594037927936 ids, and there are bytes for 0'",
        "61 00 00 02 81ffffffffffffffff7f, 'claims 18446744073709551615 ids'",
        "61 00 00 02 02 ID0, 'claims 2 ids, and there are bytes for 1'",
        "61 80 00 00, a bound's time begins with a zero digit",
        "61 8001 00 00, a bound's time begins with a zero digit",
        "61 00 8000 00, the length of a bound's id begins with a zero digit",
        "61 00 00 8002 00, a mode begins with a zero digit",
        "61 00 00 02 8000, the number of ids begins with a zero digit",
        "61 8280808080808080808000 00 00, a bound's time has more than 64 bits",
        "61 82ffffffffffffffff7f 00 00, a bound's time has more than 64 bits",
        "61 8180808080808080808080 00 00, a bound's time has more than 64 bits",
        "61 81, the message ends within a bound's time",
        "61 05 21, 'the id of a bound has 33 bytes, expected at most 32'",
        "61 05 8180808080808080808000, expected at most",
        "61 05 02 ff, the message ends within a bound's id",
        "61 05 01 80 00 01 01 7f 00, the bound stands before the one before it",
        "61 05 01 80 00 01 00 00, the bound stands before the one before it",
        "61 00 00 00 05 00 00, behind infinity",
        "61 05 00 00 81ffffffffffffffff7f 00 00, 'expected less than 2^64 - 1'",
        "61 82 00 00, the message ends within",
        "61 00 00 01 000102030405060708090a0b0c0d0e, the message ends within a fingerprint",
        "61 00 00 00 00, the message ends within the length of a bound's id",
        "61 00 00 00 ff, the message ends within a bound's time",
    })
    void isRefusedByBothRoles(String hex, String expected) {
        byte[] message = bytes(hex);
        String served =
                assertThrows(NegentropyException.class, () -> answer(message)).getMessage();
        assertTrue(served.contains(expected), served);
        String received = assertThrows(NegentropyException.class, () -> reconcile(message))
                .getMessage();
        assertEquals(served, received);
    }

    @Test
    void mayNotListAnIdTwiceToAClient() {
        byte[] message = bytes("61 00 00 02 02 ID0 ID0");
        String refused = assertThrows(NegentropyException.class, () -> reconcile(message))
                .getMessage();
        assertEquals(
                "malformed message, at byte 4: the list has the id " + Sets.hashed(0) + " twice, expected each once",
                refused);
        // a server doesn't look at what a client lists
        assertArrayEquals(
                Negentropy.of(set).answer(bytes("61 00 00 02 00")),
                Negentropy.of(set).answer(message));
    }

    @Test
    void isRefusedWhereverItIsCutWithinARange() {
        byte[] whole = Negentropy.of(Sets.counted(60)).client().initiate();
        byte[] list = Negentropy.of(set).answer(bytes("61 02 00 02 00 05 01 80 01" + "00".repeat(16)));
        for (byte[] message : new byte[][] {whole, list}) {
            int refused = 0;
            for (int length = 0; length < message.length; length++) {
                byte[] cut = Arrays.copyOf(message, length);
                try {
                    answer(cut);
                } catch (NegentropyException e) {
                    refused++;
                    assertTrue(
                            e.getMessage().contains("the message ends within")
                                    || e.getMessage().contains("there are bytes for"),
                            e.getMessage());
                }
            }
            // a message may end between two ranges
            int ranges = message == whole ? 16 : 2;
            assertTrue(refused >= message.length - ranges - 1 && refused < message.length, refused + " refused");
        }
    }

    @Test
    void isRefusedAmongAMegabyteOfRandomBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 20; i++) {
            byte[] message = new byte[1 << 20];
            random.nextBytes(message);
            message[0] = 0x61;
            assertThrows(NegentropyException.class, () -> answer(message));
            assertThrows(NegentropyException.class, () -> reconcile(message));
        }
    }

    @Test
    void doesNotCountAsSuchAtTheEdges() {
        // times up to 2^64 - 2, equal bounds, infinity twice, a prefix of 32 bytes
        for (String hex : new String[] {
            "61 81ffffffffffffffff7f 00 00",
            "61 8880808000 00 00 00 00 00",
            "61 87ffffff7f 00 01" + "00".repeat(16),
            "61 05 00 00 01 00 00",
            "61 00 00 00 00 00 00",
            "61 00 20 ID0 00 00 00 00", // as @nostr-dev-kit/sync 1.0.0 pads its bounds
            "61 05 20 ID0 00 01 20 ID0 02 00",
            "61"
        }) {
            assertDoesNotThrow(() -> answer(bytes(hex)), hex);
            assertDoesNotThrow(() -> reconcile(bytes(hex)), hex);
        }
    }

    @Test
    void aBoundBehindEveryTimeIsGivenBackAsItCame() {
        // 2^64 - 2: no item of ours can be there, but another peer's may
        byte[] answer = Negentropy.of(set).answer(bytes("61 81ffffffffffffffff7f 00 02 00"));
        assertArrayEquals(bytes("81ffffffffffffffff7f"), Arrays.copyOfRange(answer, 1, 11));
    }
}
