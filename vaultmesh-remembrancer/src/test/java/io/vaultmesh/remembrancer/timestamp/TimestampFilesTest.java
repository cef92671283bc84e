package io.vaultmesh.remembrancer.timestamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read as a request, a response or a pin, and what is refused. */
class TimestampFilesTest {

    private static String refused(Consumer<byte[]> parser, byte[] bytes) {
        return assertThrows(IllegalArgumentException.class, () -> parser.accept(bytes))
                .getMessage();
    }

    private static void response(byte[] bytes) {
        assertEquals(bytes.length, TimestampResponse.parse(bytes).toBytes().length);
    }

    private static void request(byte[] bytes) {
        assertEquals(bytes.length, TimestampRequest.parse(bytes).toBytes().length);
    }

    private static void pin(byte[] bytes) {
        assertEquals(Vectors.own(), TimestampAnchor.of(bytes));
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Nested
    class Requests {

        @Test
        void areReadAsOthersWroteThem() {
            TimestampRequest own = Vectors.request("timestamps/EC.tsq");
            assertEquals(Vectors.doc(), own.imprint());
            assertEquals(Optional.of(new BigInteger("D832D83B32F0921B", 16)), own.nonce());
            assertTrue(own.certificates());
            assertEquals(own, TimestampRequest.parse(own.toBytes()));
            TimestampRequest original = Vectors.request("original/test-app.tar.gz.tsq");
            assertEquals(Vectors.artifact(), original.imprint());
            assertEquals(Optional.of(new BigInteger("9E9A055BEF21903B", 16)), original.nonce());
        }

        @Test
        void haveARandomNonceAndAskForCertificates() {
            TimestampRequest request = TimestampRequest.of(Forge.DATA, new Random(1));
            assertTrue(request.certificates());
            assertTrue(request.nonce().orElseThrow().bitLength() > 100);
            assertEquals(Optional.empty(), request.policy());
            assertEquals(request, TimestampRequest.parse(request.toBytes()));
            assertNotEquals(request, TimestampRequest.of(Forge.DATA, new Random(2)));
        }

        @Test
        void bySha1AreRefused() {
            byte[] sha1 = join(
                    new byte[] {0x30, 0x26, 2, 1, 1, 0x30, 0x21, 0x30, 9, 6, 5, 0x2b, 0x0e, 3, 2, 0x1a, 5, 0, 4, 20},
                    new byte[20]);
            assertEquals(
                    "not a timestamp request: the imprint's algorithm is 1.3.14.3.2.26, expected SHA-256"
                            + " (2.16.840.1.101.3.4.2.1)",
                    refused(TimestampFilesTest::request, sha1));
        }

        @Test
        void ofNonsenseAreRefused() {
            Optional<BigInteger> negative = Optional.of(BigInteger.valueOf(-1));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TimestampRequest(Forge.DATA, negative, true, Optional.empty()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new TimestampRequest(Forge.DATA, Optional.empty(), true, Optional.of("1.2.x")));
        }
    }

    @Nested
    class Responses {

        private final byte[] good = Vectors.bytes("timestamps/EC.tsr");

        @Test
        void areKeptToTheByte() {
            TimestampResponse read = TimestampResponse.parse(good);
            assertTrue(read.granted());
            assertEquals("granted: Operation Okay", read.status());
            assertArrayEquals(good, read.toBytes());
            assertEquals(read, TimestampResponse.parse(good));
        }

        @Test
        void truncatedAnywhereAreRefused() {
            for (int length = 0; length < good.length; length++) {
                byte[] cut = Arrays.copyOf(good, length);
                assertTrue(refused(TimestampFilesTest::response, cut).startsWith("not a timestamp response: "));
            }
        }

        @Test
        void withMoreBehindThemAreRefused() {
            assertEquals(
                    "not a timestamp response: bytes follow its end",
                    refused(TimestampFilesTest::response, join(good, new byte[1])));
            assertEquals(
                    "not a timestamp response: bytes follow its end",
                    refused(TimestampFilesTest::response, join(good, good)));
        }

        @Test
        void withTheirPartsReorderedOrDoubledAreRefused() {
            byte[] status = Arrays.copyOfRange(good, 4, 27);
            byte[] token = Arrays.copyOfRange(good, 27, good.length);
            response(sequence(status, token));
            assertTrue(refused(TimestampFilesTest::response, sequence(token, status))
                    .startsWith("not a"));
            assertTrue(refused(TimestampFilesTest::response, sequence(status, token, token))
                    .startsWith("not a"));
            assertTrue(refused(TimestampFilesTest::response, sequence(status, status, token))
                    .startsWith("not a"));
        }

        private byte[] sequence(byte[]... parts) {
            byte[] content = join(parts);
            return join(new byte[] {0x30, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length}, content);
        }

        @Test
        void withALengthInMoreBytesThanNeededAreRefused() {
            byte[] longer = join(new byte[] {0x30, (byte) 0x83, 0}, Arrays.copyOfRange(good, 2, good.length));
            assertEquals(
                    "not a timestamp response: it is not canonical DER (X.690)",
                    refused(TimestampFilesTest::response, longer));
        }

        @Test
        void ofMoreThanAMegabyteAreRefusedUnread() {
            assertEquals(
                    "not a timestamp response: it has 1048577 bytes, expected at most 1048576",
                    refused(TimestampFilesTest::response, new byte[1024 * 1024 + 1]));
        }

        @Test
        void nestedTooDeepAreRefused() {
            byte[] deep = new byte[1024 * 1024];
            for (int i = 0; i < deep.length; i += 2) {
                deep[i] = 0x30;
                deep[i + 1] = (byte) 0x80;
            }
            assertTrue(refused(TimestampFilesTest::response, deep).startsWith("not a timestamp response: "));
        }

        @Test
        void grantedWithoutTokenOrRefusedWithOneAreRefused() {
            Forge forge = new Forge();
            forge.withToken = false;
            assertEquals(
                    "not a timestamp response: status is granted, expected a token with it",
                    refused(TimestampFilesTest::response, forge.bytes()));
            forge.withToken = true;
            forge.status = 2;
            assertEquals(
                    "not a timestamp response: status is rejection, expected no token with it",
                    refused(TimestampFilesTest::response, forge.bytes()));
            forge.status = 6;
            assertEquals(
                    "not a timestamp response: status is 6, expected 0 to 5",
                    refused(TimestampFilesTest::response, forge.bytes()));
        }

        @ParameterizedTest
        @CsvSource({"0", "2"})
        void withoutExactlyOneSignatureAreRefused(int signatures) {
            Forge forge = new Forge();
            forge.signatures = signatures;
            assertEquals(
                    "not a timestamp response: the number of signatures is " + signatures + ", expected 1",
                    refused(TimestampFilesTest::response, forge.bytes()));
        }

        @Test
        void withSignedAttributesInAnotherOrderAreRefused() {
            byte[] swapped = join(
                    Arrays.copyOf(good, 1113),
                    Arrays.copyOfRange(good, 1141, 1171), // the signing time
                    Arrays.copyOfRange(good, 1113, 1141), // the content type
                    Arrays.copyOfRange(good, 1171, good.length));
            assertEquals(
                    "not a timestamp response: the signature has no signed attributes in DER's order",
                    refused(TimestampFilesTest::response, swapped));
        }

        @Test
        void withFieldsUnderOtherTagsAreRefused() {
            good[1109] ^= 8; // the signed attributes are [8], which the library takes for [0]
            assertEquals(
                    "not a timestamp response: it has tags or fields that its type doesn't have",
                    refused(TimestampFilesTest::response, good));
        }

        @Test
        void withTheirCertificatesTwiceAreRefused() {
            ASN1Sequence response = ASN1Sequence.getInstance(good);
            ASN1Sequence token = ASN1Sequence.getInstance(response.getObjectAt(1));
            ASN1EncodableVector fields = new ASN1EncodableVector();
            for (ASN1Encodable field : ASN1Sequence.getInstance((ASN1TaggedObject) token.getObjectAt(1), true)) {
                fields.add(field);
                if (field instanceof ASN1TaggedObject) {
                    fields.add(field);
                }
            }
            ASN1Encodable twice = new DERTaggedObject(true, 0, new DERSequence(fields));
            DERSequence bad = new DERSequence(
                    new ASN1Encodable[] {response.getObjectAt(0), new DERSequence(token.getObjectAt(0), twice)});
            assertEquals(
                    "not a timestamp response: the token has fields twice or in another order than signed data",
                    refused(TimestampFilesTest::response, Der.encode(bad)));
        }

        @Test
        void overAnImprintBySha1AreRefused() {
            Forge forge = new Forge();
            forge.imprintAlgorithm = new AlgorithmIdentifier(OIWObjectIdentifiers.idSHA1);
            forge.imprint = new byte[20];
            assertTrue(refused(TimestampFilesTest::response, forge.bytes())
                    .contains("the imprint's algorithm is 1.3.14.3.2.26, expected SHA-256"));
        }

        @Test
        void withMoreCertificatesThanAnybodyNeedsAreRefused() {
            Forge forge = new Forge();
            forge.certificates = new ArrayList<>();
            for (int i = 0; i < 33; i++) {
                forge.certificates.add(Forge.signer("Signer " + i, Forge.ROOT).certificate());
            }
            assertTrue(refused(TimestampFilesTest::response, forge.bytes()).contains("more than 32 certificates"));
        }

        /** Whatever the bytes are, the answer is a value or one exception. */
        @Test
        void mutatedAtRandomAreReadOrRefused() {
            Random random = new Random(20261126);
            TimestampVerifier verifier = TimestampVerifier.pinning(Vectors.NOW, Vectors.own());
            int refused = 0;
            for (int i = 0; i < 1000; i++) {
                byte[] mutant = mutant(good, random);
                try {
                    TimestampVerification read = verifier.verify(TimestampResponse.parse(mutant), Vectors.doc());
                    assertEquals(10, read.report().checks().size());
                } catch (IllegalArgumentException e) {
                    assertTrue(e.getMessage().startsWith("not a timestamp response: "), e.getMessage());
                    refused++;
                }
            }
            assertTrue(refused > 600, refused + " refused");
        }

        private byte[] mutant(byte[] bytes, Random random) {
            byte[] mutant = bytes.clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            if (random.nextInt(4) == 0) {
                int from = random.nextInt(mutant.length);
                int to = from + random.nextInt(mutant.length - from);
                mutant = join(Arrays.copyOf(mutant, to), Arrays.copyOfRange(mutant, from, mutant.length));
            }
            return mutant;
        }
    }

    @Nested
    class Pins {

        @Test
        void areIdentifiedByTheRootsFingerprint() {
            assertEquals(
                    "a6379e7cecc05faa3cbf076013d745e327bbbaa38c0b9af22469d4701d18aabc",
                    Vectors.freeTsa().id().toString());
            assertEquals(
                    Vectors.own(),
                    TimestampAnchor.of(join("Some text\n".getBytes(UTF_8), Vectors.bytes("timestamps/EC-root.pem"))));
            assertEquals("CN=Root EC,O=VM", Vectors.own().name());
        }

        @Test
        void differByWhatTheyAccept() {
            TimestampAnchor plain = Vectors.own();
            assertNotEquals(plain, plain.policies("1.2.3"));
            assertNotEquals(plain, plain.from(Forge.NOW));
            assertNotEquals(plain, plain.until(Forge.NOW));
            assertNotEquals(plain, plain.strictEss());
            assertEquals(plain.policies("1.2.3", "1.2.4"), plain.policies("1.2.4", "1.2.3"));
        }

        @Test
        void areOneCertificateOfAnAuthority() {
            byte[] pem = Vectors.bytes("timestamps/EC-root.pem");
            assertTrue(refused(TimestampFilesTest::pin, join(pem, pem))
                    .startsWith("there are 2 certificates in PEM, expected exactly one"));
            assertTrue(refused(TimestampFilesTest::pin, new byte[0]).startsWith("there are 0 certificates in PEM"));
            assertTrue(refused(
                            TimestampFilesTest::pin,
                            "-----BEGIN CERTIFICATE-----A-----END CERTIFICATE-----".getBytes(UTF_8))
                    .startsWith("the certificate in PEM is not Base64"));
            byte[] leaf = Forge.encoded(Forge.LEAF.certificate());
            assertEquals(
                    "the certificate of CN=Signer may not issue others, expected the certificate of a"
                            + " certification authority",
                    refused(TimestampFilesTest::pin, leaf));
            leaf[5] ^= 1;
            assertTrue(refused(TimestampFilesTest::pin, leaf).startsWith("not a certificate: "));
        }

        @Test
        void haveAWindowThatEndsAfterItsStart() {
            TimestampAnchor from = Vectors.own().from(Forge.NOW);
            assertThrows(IllegalArgumentException.class, () -> from.until(Forge.NOW));
            assertThrows(IllegalArgumentException.class, () -> Vectors.own().policies(new String[0]));
            assertThrows(IllegalArgumentException.class, () -> Vectors.own().policies("policy"));
        }
    }
}
