package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPSignature;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused before anything is verified, and how it is named. */
class ParsingTest {

    private static final String ARMOR = new String(Vectors.read("openpgp/g-ed25519.sig.asc"), US_ASCII);

    private static void refused(String why, byte[] signature) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> PgpSignature.parse(signature));
        assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    }

    private static void refused(String why, String signature) {
        refused(why, signature.getBytes(US_ASCII));
    }

    @Nested
    class Armored {
        @Test
        void twiceIsRefused() {
            refused("exactly one block", ARMOR + ARMOR);
        }

        @Test
        void withTextAroundItIsRefused() {
            refused("exactly one block", ARMOR + "more\n");
            refused("expected the line -----BEGIN PGP SIGNATURE-----", "more\n" + ARMOR);
        }

        @Test
        void withBlankLinesAroundItAndOtherLineEndsIsRead() {
            PgpSignature signature = PgpSignature.parse(ARMOR.getBytes(US_ASCII));
            String spaced = "\r\n" + ARMOR.replace("\n", " \t\r\n") + "\r\n\r\n";
            assertEquals(signature, PgpSignature.parse(spaced.getBytes(US_ASCII)));
        }

        @Test
        void withoutAChecksumIsReadAsNewerProgramsWriteIt() {
            String without = ARMOR.replaceFirst("\n=....\n", "\n");
            assertEquals(ARMOR, PgpSignature.parse(without.getBytes(US_ASCII)).toArmor());
        }

        @Test
        void withAWrongChecksumIsRefused() {
            refused("checksum of other content", ARMOR.replaceFirst("\n=....\n", "\n=AAAA\n"));
        }

        @Test
        void cutOffAnywhereIsRefused() {
            for (int length = 0; length < ARMOR.length() - 1; length++) {
                String cut = ARMOR.substring(0, length);
                assertThrows(IllegalArgumentException.class, () -> PgpSignature.parse(cut.getBytes(US_ASCII)), cut);
            }
        }

        @Test
        void withHeadersIsReadIfTheyAreKnown() {
            String with = ARMOR.replaceFirst("\n\n", "\nVersion: GnuPG v2\nComment: c\n\n");
            assertEquals(ARMOR, PgpSignature.parse(with.getBytes(US_ASCII)).toArmor());
            refused("header", ARMOR.replaceFirst("\n\n", "\nX: y\n\n"));
        }

        @Test
        void asSomethingElseIsRefused() {
            refused("expected the line -----BEGIN PGP SIGNATURE-----", Vectors.read("openpgp/g-ed25519.pub.asc"));
        }

        @Test
        void inBase64ThatIsNotCanonicalIsRefused() {
            refused("Base64", ARMOR.replaceFirst("=\n=", "\n="));
            refused("isn't Base64", ARMOR.replaceFirst("iIQ", "i*Q"));
        }

        @Test
        void withoutContentIsRefused() {
            refused("no content", "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n");
            refused("empty file", "");
        }

        @Test
        void ofMoreThanAMebibyteIsRefusedUnread() {
            byte[] large = new byte[Armor.MAX_BYTES + 1];
            Arrays.fill(large, (byte) 'A');
            refused("more than 1048576 bytes", large);
        }
    }

    @Nested
    class Packets {
        private final byte[] binary =
                PgpSignature.parse(ARMOR.getBytes(US_ASCII)).toBytes();

        @Test
        void ofOtherTypesAreRefused() {
            byte[] key = PgpCertificate.parse(Vectors.read("openpgp/g-ed25519.pub.asc"))
                    .toBytes();
            refused("a packet of type 6", key);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"8b", "c2e0", "c2ff00", "88ff", "c27f", "80", "8800", "880103", "880106", "8aFFFFFFFF04"})
        void thatAreCutOrInPartsOrOfOtherVersionsAreRefused(String hex) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> PgpSignature.parse(HexFormat.of().parseHex(hex)));
        }

        @Test
        void withBytesAfterTheSignatureAreRefused() {
            byte[] longer = Arrays.copyOf(binary, binary.length + 1);
            longer[1]++;
            refused("bytes too many", longer);
        }

        @Test
        void ofVersion3Or6NameIt() {
            for (int version : new int[] {3, 6}) {
                byte[] other = binary.clone();
                other[2] = (byte) version;
                refused("version " + version + ", expected 4", other);
            }
        }

        @Test
        void areAtMostAHundred() {
            PgpSignature one = PgpSignature.parse(binary);
            PgpSignature all = one;
            for (int i = 1; i < PgpSignature.MAX_SIGNATURES; i++) {
                all = all.and(one);
            }
            assertEquals(100, PgpSignature.parse(all.toBytes()).count());
            PgpSignature most = all;
            assertThrows(IllegalArgumentException.class, () -> most.and(one));
        }

        @Test
        void withTwoCreationTimesAreRefused() {
            PGPSignature twice = Made.document(
                    Made.key(),
                    0,
                    Made.SHA256,
                    Made.CREATED,
                    new byte[1],
                    with -> with.addCustomSubpacket(
                            new org.bouncycastle.bcpg.sig.SignatureCreationTime(false, new java.util.Date(0))));
            assertThrows(IllegalArgumentException.class, () -> Made.signature(twice));
        }
    }

    @Nested
    class FileNames {
        @TempDir
        Path directory;

        @Test
        void thatAreDirectoriesOrAbsentAreNamed() {
            for (Path file : new Path[] {directory, directory.resolve("absent")}) {
                UncheckedIOException failure = assertThrows(UncheckedIOException.class, () -> PgpSignature.read(file));
                assertTrue(failure.getMessage().contains(file.toString()), failure.getMessage());
                assertThrows(UncheckedIOException.class, () -> PgpCertificate.read(file));
            }
        }

        @Test
        void areRead() throws IOException {
            Path file = Files.writeString(directory.resolve("a.asc"), ARMOR);
            assertEquals(ARMOR, PgpSignature.read(file).toArmor());
        }
    }

    @Nested
    class Certificates {
        private final PGPKeyPair key = Made.key();

        private void refused(String why, byte[] bytes) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> PgpCertificate.parse(bytes));
            assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
        }

        @Test
        void areOneEach() {
            byte[] one = Made.bytes(key, Made.NAME, Made.userId(key));
            byte[] two = Arrays.copyOf(one, 2 * one.length);
            System.arraycopy(one, 0, two, one.length, one.length);
            refused("a second certificate, expected exactly one", two);
        }

        @Test
        void withADamagedSignatureOfTheirOwnAreRefused() {
            PGPSignature revocation = Made.aboutItself(key, 0x20, Made.SHA256, Made.CREATED, with -> {});
            byte[] bytes = Made.bytes(key, revocation, Made.NAME, Made.userId(key));
            assertEquals(1, PgpCertificate.parse(bytes).userIds().size());
            byte[] start = Made.bytes(key, revocation);
            bytes[start.length - 1] ^= 1;
            refused("the certificate is damaged", bytes);
        }

        @Test
        void withARevocationThatCannotBeVerifiedAreRefused() {
            PGPSignature revocation = Made.aboutItself(key, 0x20, 3, Made.CREATED, with -> {});
            refused("hash algorithm 3", Made.bytes(key, revocation, Made.NAME, Made.userId(key)));
        }

        /** The points of small order of RFC 8032's curve, as the edge cases of ed25519-speccheck list them. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "0100000000000000000000000000000000000000000000000000000000000000",
                    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                    "0000000000000000000000000000000000000000000000000000000000000000",
                    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"
                })
        void ofSmallOrderAreRefused(String point) {
            byte[] bytes = Made.bytes(key);
            System.arraycopy(HexFormat.of().parseHex(point), 0, bytes, bytes.length - 32, 32);
            refused("Ed25519 public key", bytes);
        }

        @Test
        void thatAreSecretAreRefusedWithoutSayingMore() {
            PgpSecretKey secret = PgpSecretKey.generateEd25519("a", Made.CREATED, new java.security.SecureRandom());
            String export = secret.export("p".toCharArray()).replace("PRIVATE", "PUBLIC");
            refused("this is a secret key", export.getBytes(US_ASCII));
        }

        @Test
        void areEqualIfTheirBytesAre() {
            byte[] bytes = Made.bytes(key);
            assertEquals(PgpCertificate.parse(bytes), PgpCertificate.parse(bytes));
            assertEquals(
                    PgpCertificate.parse(bytes).hashCode(),
                    PgpCertificate.parse(bytes).hashCode());
            assertTrue(!PgpCertificate.parse(bytes).equals(Made.certificate(key, Made.NAME)));
        }
    }

    @Nested
    class Fingerprints {
        @Test
        void areReadAsGnuPGPrintsThem() {
            PgpFingerprint fingerprint = PgpFingerprint.parse("297B E5B3 0804 1DEF F3EF  E4BD 6E40 82C6 A410 F340");
            assertEquals(Vectors.SOVEREIGN, fingerprint.toString());
            assertEquals(fingerprint, PgpFingerprint.parse(Vectors.SOVEREIGN.toLowerCase(java.util.Locale.ROOT)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "6E4082C6A410F340",
                    "0x297BE5B308041DEFF3EFE4BD6E4082C6A410F340",
                    "297BE5B308041DEFF3EFE4BD6E4082C6A410F34G",
                    "297BE5B308041DEFF3EFE4BD6E4082C6A410F34\uff21"
                })
        void areWhole(String text) {
            assertThrows(IllegalArgumentException.class, () -> PgpFingerprint.parse(text));
        }
    }
}
