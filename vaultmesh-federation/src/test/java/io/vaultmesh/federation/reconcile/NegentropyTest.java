package io.vaultmesh.federation.reconcile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class NegentropyTest {

    private static final HexFormat HEX = HexFormat.of();

    private static byte[] bytes(String hex) {
        return HEX.parseHex(hex.replace(" ", ""));
    }

    @Nested
    class Golden {

        private final JsonObject golden = golden();

        private static JsonObject golden() {
            try (InputStream file = NegentropyTest.class.getResourceAsStream("/vectors/negentropy/golden.json")) {
                assertNotNull(file);
                return StrictJson.parseObject(file.readAllBytes(), "golden.json");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void varintsAreWrittenAndReadAsTheReferenceDoes() {
            JsonObject varints = golden.object("varint");
            assertEquals(6, varints.members().size());
            varints.members().forEach((number, hex) -> {
                MessageWriter writer = new MessageWriter();
                writer.varint(Long.parseLong(number));
                assertEquals(((JsonString) hex).value(), HEX.formatHex(writer.bytes()), number);
            });
        }

        @Test
        void fingerprintsAreThoseOfTheReference() {
            List<JsonObject> fingerprints = golden.array("fingerprints").objects();
            assertEquals(3, fingerprints.size());
            for (JsonObject expected : fingerprints) {
                ItemSet set = new ItemSet();
                if (expected.get("ids").isPresent()) {
                    expected.array("ids").strings().forEach(id -> set.add(0, Hash.parse(id)));
                } else {
                    expected.array("idsOfSha256OfAscii")
                            .strings()
                            .forEach(number -> set.add(0, Sets.hashed(Integer.parseInt(number))));
                }
                MessageWriter writer = new MessageWriter();
                writer.fingerprint(set.fingerprints().of(0, set.size()));
                assertEquals(expected.string("fingerprint"), HEX.formatHex(writer.bytes()));
            }
        }

        @Test
        void firstMessagesAreThoseOfTheReference() {
            List<JsonObject> messages = golden.array("initiate").objects();
            assertEquals(2, messages.size());
            for (JsonObject expected : messages) {
                ItemSet set = new ItemSet();
                expected.array("items")
                        .objects()
                        .forEach(item -> set.add(item.integer("timestamp"), Hash.parse(item.string("id"))));
                assertEquals(
                        expected.string("message"),
                        HEX.formatHex(Negentropy.of(set).client().initiate()));
            }
        }
    }

    @Nested
    class Server {
        @Test
        void answersAnotherVersionWithItsOwn() {
            Negentropy server = Negentropy.of(Sets.counted(3));
            assertArrayEquals(bytes("61"), server.answer(bytes("62 ffff")));
            assertArrayEquals(bytes("61"), server.answer(bytes("60")));
            assertArrayEquals(bytes("61"), server.answer(bytes("6f")));
        }

        @Test
        void keepsNothingBetweenMessages() {
            Negentropy server = Negentropy.of(Sets.counted(500));
            byte[] message = Negentropy.of(Sets.counted(300)).client().initiate();
            assertArrayEquals(server.answer(message), server.answer(message));
        }

        @Test
        void keepsToItsFrameLimit() {
            byte[] everything = bytes("61 00 00 02 00");
            assertTrue(Negentropy.of(Sets.counted(2000)).answer(everything).length > 64_000);
            for (int limit : new int[] {4096, 5000, 60_000}) {
                int length = Negentropy.of(Sets.counted(2000), limit).answer(everything).length;
                assertTrue(length <= limit && length > limit - 250, length + " bytes of " + limit);
            }
        }
    }

    @Nested
    class Client {
        @Test
        void needsOneRoundAnd338BytesForAMillionEqualItemsASecondEach() {
            ItemSet million = new ItemSet();
            byte[] id = new byte[Hash.LENGTH];
            for (int i = 0; i < 1_000_000; i++) {
                long mixed = i * 0x9E3779B97F4A7C15L;
                for (int k = 0; k < Long.BYTES; k++) {
                    id[k] = (byte) (mixed >>> (8 * k));
                }
                million.add(1_700_000_000L + i, Hash.of(id));
            }
            assertEquals(1_000_000, million.size());
            Sets.Outcome outcome = Sets.reconcile(million, 0, million, 0);
            assertEquals(1, outcome.rounds);
            assertEquals(338, outcome.bytes);
            assertEquals(0, outcome.named);
        }

        @Test
        void hasATypedErrorForAnotherVersion() {
            NegentropyClient client = Negentropy.of(new ItemSet()).client();
            byte[] unused = client.initiate();
            assertMessage(
                    "the peer speaks version 2 of negentropy, expected version 1", () -> client.reconcile(bytes("62")));
        }

        @Test
        void stopsAPeerThatNeverFinishesByRounds() {
            NegentropyClient client = Negentropy.of(Sets.counted(100)).client(7, Negentropy.BYTES);
            byte[] message = client.initiate();
            byte[] wrong = bytes("61 00 00 01" + "00".repeat(16));
            for (int i = 1; i < 7; i++) {
                message = client.reconcile(wrong).next().orElseThrow();
                assertTrue(message.length > 1);
            }
            assertMessage("not done after 7 rounds, expected no more", () -> client.reconcile(wrong));
            assertThrows(IllegalStateException.class, () -> client.reconcile(wrong));
        }

        @Test
        void stopsAPeerThatNeverFinishesByBytes() {
            NegentropyClient client = Negentropy.of(new ItemSet()).client(200, 1000);
            byte[] first = client.initiate();
            byte[] answer = bytes("61 00 00 01" + "00".repeat(16));
            int bytes = first.length;
            while (bytes + answer.length + first.length <= 1000) {
                bytes += answer.length + client.reconcile(answer).next().orElseThrow().length;
            }
            assertMessage("expected at most 1000", () -> client.reconcile(answer));
        }

        @Test
        void sendsNoMoreThanItMay() {
            assertMessage(
                    "expected at most 300",
                    () -> Negentropy.of(Sets.counted(100)).client(1, 300).initiate());
        }

        @Test
        void doesNotNeedWhatItHas() {
            ItemSet set = Sets.counted(10);
            NegentropyClient client = Negentropy.of(set).client();
            byte[] unused = client.initiate();
            // listed before the first item, as by a peer that has another time for it
            ReconcileStep step = client.reconcile(bytes("61 01 00 02 02" + Sets.hashed(4) + Sets.hashed(77)));
            assertEquals(List.of(Sets.hashed(77)), step.need());
            assertEquals(List.of(), step.have());
        }

        @Test
        void namesAnIdOnceThoughItsRangeIsListedAgain() {
            NegentropyClient client = Negentropy.of(Sets.counted(100)).client();
            byte[] unused = client.initiate();
            ReconcileStep first =
                    client.reconcile(bytes("61 33 00 02 01" + Sets.hashed(500) + "00 00 01" + "00".repeat(16)));
            ReconcileStep second = client.reconcile(bytes("61 00 00 02 02" + Sets.hashed(500) + Sets.hashed(501)));
            assertEquals(50, first.have().size());
            assertEquals(List.of(Sets.hashed(500)), first.need());
            assertEquals(50, second.have().size());
            assertEquals(Sets.hashed(50), second.have().get(0));
            assertEquals(List.of(Sets.hashed(501)), second.need());
        }

        @Test
        void goesThroughItsStatesInOrder() {
            NegentropyClient client = Negentropy.of(new ItemSet()).client();
            assertThrows(IllegalStateException.class, () -> client.reconcile(bytes("61")));
            byte[] unused = client.initiate();
            assertThrows(IllegalStateException.class, client::initiate);
            assertTrue(client.reconcile(bytes("61")).next().isEmpty());
            assertThrows(IllegalStateException.class, () -> client.reconcile(bytes("61")));
        }

        @Test
        void refusesLimitsThatAreNone() {
            Negentropy negentropy = Negentropy.of(new ItemSet());
            assertThrows(IllegalArgumentException.class, () -> negentropy.client(0, 1));
            assertThrows(IllegalArgumentException.class, () -> negentropy.client(1, 0));
        }
    }

    @Nested
    class FrameLimit {
        @Test
        void isNoneOrAtLeast4096() {
            for (int limit : new int[] {-1, 1, 4095}) {
                String message = assertThrows(IllegalArgumentException.class, () -> Negentropy.of(new ItemSet(), limit))
                        .getMessage();
                assertEquals("frame limit is " + limit + ", expected 0 for none, or at least 4096", message);
            }
            assertEquals(5, Negentropy.of(new ItemSet(), 4096).client().initiate().length);
            assertEquals(5, Negentropy.of(new ItemSet(), 0).client().initiate().length);
        }
    }

    @Nested
    class Step {
        @Test
        void showsIdsThatNobodyCanChangeAndTheSetMayOutgrow() {
            ItemSet ours = Sets.counted(10);
            NegentropyClient client = Negentropy.of(ours).client();
            byte[] unused = client.initiate();
            ReconcileStep step = client.reconcile(bytes("61 00 00 02 01" + Sets.hashed(500)));
            List<Hash> before = List.copyOf(step.have());
            for (int i = 10; i < 9000; i++) {
                ours.add(0, Sets.hashed(i));
            }
            assertEquals(before, step.have());
            assertEquals(Sets.hashed(9), step.have().get(9));
            assertThrows(UnsupportedOperationException.class, () -> step.have().clear());
            assertEquals("10 had, 1 needed, done", step.toString());
            assertFalse(step.next().isPresent());
        }
    }

    private static void assertMessage(String part, org.junit.jupiter.api.function.Executable code) {
        String message = assertThrows(NegentropyException.class, code).getMessage();
        assertTrue(message.contains(part), message);
    }
}
