package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PgpSecretKeyTest {

    private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00.7Z");
    private static final byte[] DATA = {1, 2, 3};

    private static final PgpSecretKey KEY =
            PgpSecretKey.generateEd25519("a <a@b>", CREATED, Duration.ofDays(1), new SecureRandom());

    /** Once for all: hashing a passphrase is meant to take its time. */
    private static final String EXPORTED = KEY.export("p\u00e4ss".toCharArray());

    private final SecureRandom random = new SecureRandom();
    private final PgpSecretKey key = PgpSecretKey.generateEd25519("a <a@b>", CREATED, Duration.ofDays(1), random);

    private static PgpVerification verify(PgpSecretKey key, PgpSignature signature) {
        return PgpKeyring.empty()
                .pin(key.certificate().fingerprint(), key.certificate())
                .verify(signature, DATA, CREATED.plusSeconds(60));
    }

    @Nested
    class Generate {
        @ParameterizedTest
        @ValueSource(strings = {"", " ", "a\nb", "a\0b"})
        void refusesAUserIdThatIsNoLineOfText(String userId) {
            assertThrows(IllegalArgumentException.class, () -> PgpSecretKey.generateEd25519(userId, CREATED, random));
        }

        @Test
        void refusesTimesThatTheFormatHasNoRoomFor() {
            for (Instant time : List.of(Instant.EPOCH.minusSeconds(1), Instant.ofEpochSecond(1L << 32))) {
                assertThrows(IllegalArgumentException.class, () -> PgpSecretKey.generateEd25519("a", time, random));
            }
            for (Duration validity : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(1L << 32))) {
                assertThrows(
                        IllegalArgumentException.class,
                        () -> PgpSecretKey.generateEd25519("a", CREATED, validity, random));
            }
        }

        @ParameterizedTest
        @ValueSource(ints = {1024, 2047, 8193})
        void refusesWeakOrSlowRsa(int bits) {
            assertThrows(IllegalArgumentException.class, () -> PgpSecretKey.generateRsa(bits, "a", CREATED, random));
        }

        @Test
        void statesTheUserId() {
            assertEquals(List.of("a <a@b>"), key.certificate().userIds());
            assertEquals(List.of(), key.certificate().subkeys());
        }
    }

    @Nested
    class Sign {
        @TempDir
        Path directory;

        @Test
        void givesWhatVerifies() {
            assertTrue(verify(key, key.sign(DATA, CREATED.plusSeconds(1)))
                    .verdict(1)
                    .holds());
        }

        @Test
        void isOverForAnExpiredKey() {
            IllegalStateException refusal =
                    assertThrows(IllegalStateException.class, () -> key.sign(DATA, CREATED.plus(Duration.ofDays(1))));
            assertTrue(refusal.getMessage().contains("expired"), refusal.getMessage());
            assertThrows(IllegalStateException.class, () -> key.sign(DATA, CREATED.minusSeconds(2)));
        }

        @Test
        void isOverWhenClosed() {
            key.close();
            key.close();
            assertThrows(IllegalStateException.class, () -> key.sign(DATA, CREATED));
            assertThrows(IllegalStateException.class, () -> key.export(new char[] {'p'}));
        }

        @Test
        void namesADirectory() {
            UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> key.sign(directory, CREATED));
            assertTrue(failure.getMessage().contains("is a directory"), failure.getMessage());
        }
    }

    @Nested
    class Export {
        private final char[] passphrase = "p\u00e4ss".toCharArray();
        private final byte[] exported = EXPORTED.getBytes(US_ASCII);

        @Test
        void isReadWithItsPassphraseOnly() {
            try (PgpSecretKey read = PgpSecretKey.parse(exported, passphrase)) {
                assertTrue(verify(KEY, read.sign(DATA, CREATED)).verdict(1).holds());
                assertArrayEquals("p\u00e4ss".toCharArray(), passphrase, "the caller's, to overwrite");
            }
            for (String wrong : new String[] {"", "pass"}) {
                IllegalArgumentException refusal = assertThrows(
                        IllegalArgumentException.class, () -> PgpSecretKey.parse(exported, wrong.toCharArray()));
                assertTrue(refusal.getMessage().contains("is wrong, or the key damaged"), refusal.getMessage());
            }
        }

        @Test
        void neverIsUnprotected() {
            assertThrows(IllegalArgumentException.class, () -> key.export(new char[0]));
        }

        @Test
        void withAnotherPublicKeyIsRefused() {
            PgpSecretKey other = PgpSecretKey.generateEd25519("b", CREATED, random);
            byte[] point = other.certificate().packets().get(0).body();
            List<Packet> packets = new ArrayList<>();
            for (Packet packet : Packet.readAll(Armor.unwrap(exported, Armor.SECRET_KEY))) {
                if (packet.tag() == Packet.SECRET_KEY) {
                    byte[] body = packet.body().clone();
                    System.arraycopy(point, 0, body, 0, point.length);
                    packets.add(new Packet(packet.tag(), body));
                }
            }
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> PgpSecretKey.parse(Packet.writeAll(packets), passphrase));
            assertTrue(refusal.getMessage().contains("don't belong together"), refusal.getMessage());
        }

        @Test
        void withAWeakChecksumIsRefused() {
            byte[] weak = Made.weaklyProtected(Made.key(), passphrase);
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> PgpSecretKey.parse(weak, passphrase));
            assertTrue(refusal.getMessage().contains("expected that of GnuPG 2.2"), refusal.getMessage());
        }

        @Test
        void ofAnUnknownAlgorithmIsRefusedLestItsSecretBeTakenForPublic() {
            List<Packet> packets = Packet.readAll(Armor.unwrap(exported, Armor.SECRET_KEY));
            byte[] body = packets.get(0).body();
            body[5] = 27;
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> PgpSecretKey.parse(
                            Packet.writeAll(List.of(new Packet(Packet.SECRET_KEY, body))), passphrase));
            assertTrue(refusal.getMessage().contains("a secret key is of algorithm 27"), refusal.getMessage());
        }

        @Test
        void ofAPublicKeyIsRefused() {
            String certificate = KEY.certificate().toArmor().replace("PUBLIC", "PRIVATE");
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class,
                    () -> PgpSecretKey.parse(certificate.getBytes(US_ASCII), passphrase));
            assertTrue(refusal.getMessage().contains("this is a public key"), refusal.getMessage());
        }

        @Test
        void withAByteChangedGivesTheSameKeyOrIsRefused() {
            byte[] binary = Armor.unwrap(exported, Armor.SECRET_KEY);
            int secret = Packet.readAll(binary).get(0).body().length;
            int refused = 0;
            for (int i = secret - 60; i < secret + 2; i += 20) {
                byte[] damaged = binary.clone();
                damaged[i] ^= 0x40;
                try (PgpSecretKey read = PgpSecretKey.parse(damaged, passphrase)) {
                    assertEquals(KEY.certificate(), read.certificate());
                } catch (IllegalArgumentException expected) {
                    refused++;
                }
            }
            assertTrue(refused >= 3, refused + " refused");
        }
    }

    @Nested
    class Secrets {
        @Test
        void areInNoText() {
            assertEquals("OpenPGP secret key " + key.certificate().fingerprint(), key.toString());
            assertFalse(new Passphrase("swordfish".toCharArray()).toString().contains("swordfish"));
        }

        @Test
        void areCopiedAndOverwritten() {
            char[] given = "swordfish".toCharArray();
            Passphrase copy = new Passphrase(given);
            char[] inside = copy.chars();
            assertArrayEquals(given, inside);
            copy.close();
            assertArrayEquals(new char[9], inside);
            assertArrayEquals("swordfish".toCharArray(), given);
        }
    }
}
