package io.vaultmesh.core.dsse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);
    private static final Ed25519PrivateKey OTHER =
            Ed25519PrivateKey.ofSeed("another seed of exactly 32 bytes".getBytes(UTF_8));
    private static final String AUTHOR = KEY.publicKey().didKey();

    private static Statement statement(String author) {
        return new Statement(
                List.of(Subject.artifact("ledger.jar", Hashing.sha256("jar".getBytes(UTF_8)))),
                "https://example.com/claim/v1",
                JsonObject.builder().put("author", author).put("title", "é").build());
    }

    private static Envelope envelope() {
        return Envelope.sign(statement(AUTHOR), EnvelopeSigner.ed25519(KEY));
    }

    private static String refusal(byte[] entry) {
        return assertThrows(
                        RefutedException.class,
                        () -> Envelope.parseLogged(entry).payload())
                .getMessage();
    }

    private static String refusal(String json) {
        return refusal(json.getBytes(UTF_8));
    }

    @Test
    void preAuthenticationEncodingIsThatOfTheSpecification() {
        // the example of the DSSE specification, protocol.md
        assertEquals(
                "DSSEv1 29 http://example.com/HelloWorld 11 hello world",
                new String(
                        Envelope.preAuthenticationEncoding(
                                "http://example.com/HelloWorld", "hello world".getBytes(UTF_8)),
                        UTF_8));
    }

    @Test
    void preAuthenticationEncodingCountsBytes() {
        assertEquals("DSSEv1 2 é 3 €", new String(Envelope.preAuthenticationEncoding("é", "€".getBytes(UTF_8)), UTF_8));
    }

    @Nested
    class Logged {

        @Test
        void roundTripsToTheByte() {
            byte[] entry = envelope().bytes();
            assertTrue(CanonicalJson.isCanonical(entry));
            Envelope read = Envelope.parseLogged(entry);
            assertEquals(envelope(), read);
            assertArrayEquals(entry, read.bytes());
            assertEquals(statement(AUTHOR), read.statement());
            assertSame(read.statement(), read.statement(), "the payload is parsed once");
        }

        @Test
        void refusesEveryFlippedByte() {
            byte[] entry = envelope().bytes();
            for (int i = 0; i < entry.length; i++) {
                byte[] flipped = entry.clone();
                flipped[i] ^= 1;
                assertFalse(refusal(flipped).isBlank(), "byte " + i);
            }
        }

        @Test
        void refusesASecondSignature() {
            String entry = new String(envelope().bytes(), UTF_8);
            String signature = entry.substring(entry.indexOf("{\"keyid\""), entry.length() - 2);
            assertTrue(refusal(entry.replace(signature, signature + "," + signature))
                    .contains("2 signatures"));
        }

        @Test
        void refusesMembersThatAreNotKnown() {
            String entry = new String(envelope().bytes(), UTF_8);
            assertTrue(refusal(entry.replace("{\"payload\"", "{\"extra\":1,\"payload\""))
                    .contains("canonical JSON"));
            assertTrue(refusal(entry.replace("{\"keyid\"", "{\"cert\":\"x\",\"keyid\""))
                    .contains("canonical JSON"));
        }

        @Test
        void refusesAnyOtherWayToWriteTheSame() {
            String entry = new String(envelope().bytes(), UTF_8);
            assertTrue(refusal(entry + "\n").contains("canonical"));
            assertTrue(refusal(entry.replace("\"payload\":", "\"payload\": ")).contains("canonical"));
            assertTrue(refusal(entry.replace("\"payloadType\"", "\"payload\\u0054ype\""))
                    .contains("canonical"));
            assertTrue(refusal(entry.replace("==\"}", "\"}")).contains("Base64"), "no padding");
            assertTrue(refusal(entry.replaceAll("[A-Za-z0-9+/]==\"}", "B==\"}")).contains("Base64"), "loose bits");
        }

        @Test
        void refusesAKeyThatIsNotTheAuthors() {
            Envelope forged = Envelope.sign(statement(AUTHOR), EnvelopeSigner.ed25519(OTHER));
            assertTrue(refusal(forged.bytes()).contains("expected the author " + AUTHOR));
            String renamed =
                    new String(forged.bytes(), UTF_8).replace(OTHER.publicKey().didKey(), AUTHOR);
            assertEquals("the signature of " + AUTHOR + " is not valid", refusal(renamed));
        }

        @Test
        void refusesAnAuthorWithoutKey() {
            Envelope envelope = Envelope.sign(statement("did:web:example.com"), new EnvelopeSigner() {
                @Override
                public String keyId() {
                    return "did:web:example.com";
                }

                @Override
                public byte[] sign(byte[] bytes) {
                    return KEY.sign(bytes);
                }
            });
            assertTrue(refusal(envelope.bytes()).contains("did:key"));
        }

        @Test
        void refusesAPayloadThatIsNotAStatementInItsOneForm() {
            assertTrue(refusal(signed(json -> json + " ")).contains("not canonical JSON"));
            assertTrue(refusal(signed(json -> json.replace("{\"_type\"", "{\"A\":1,\"_type\"")))
                    .contains("member"));
            assertTrue(refusal(signed(json -> json.replace("Statement/v1", "Statement/v2")))
                    .contains("_type"));
            assertTrue(refusal(signed(json -> json.replaceAll("\"subject\":\\[.*]", "\"subject\":[]")))
                    .contains("no subject"));
            assertTrue(refusal(signed(json -> json.replace("sha256", "md5"))).contains("md5"));
            assertTrue(refusal(signed(json -> json.replace("\"author\"", "\"autho\"")))
                    .contains("author"));
        }

        /** An envelope, rightly signed, around a payload that was changed before. */
        private byte[] signed(UnaryOperator<String> change) {
            byte[] payload =
                    change.apply(new String(statement(AUTHOR).bytes(), UTF_8)).getBytes(UTF_8);
            byte[] signature = KEY.sign(Envelope.preAuthenticationEncoding(Envelope.STATEMENT, payload));
            return json(Envelope.STATEMENT, payload, signature);
        }

        @Test
        void refusesAnotherPayloadType() {
            byte[] payload = statement(AUTHOR).bytes();
            byte[] signature = KEY.sign(Envelope.preAuthenticationEncoding("text/plain", payload));
            assertTrue(refusal(json("text/plain", payload, signature)).contains("payloadType is text/plain"));
        }

        private byte[] json(String type, byte[] payload, byte[] signature) {
            Base64.Encoder base64 = Base64.getEncoder();
            return ("{\"payload\":\"" + base64.encodeToString(payload) + "\",\"payloadType\":\"" + type
                            + "\",\"signatures\":[{\"keyid\":\"" + AUTHOR + "\",\"sig\":\""
                            + base64.encodeToString(signature) + "\"}]}")
                    .getBytes(UTF_8);
        }

        @Test
        void refusesMoreThanAnEntryHolds() {
            assertTrue(refusal(new byte[65_536]).contains("65536 bytes, expected at most 65535"));
        }
    }

    @Nested
    class OfOthers {

        private final EnvelopeVerifier known = EnvelopeVerifier.ed25519(KEY.publicKey());
        private final EnvelopeVerifier other = EnvelopeVerifier.ed25519(OTHER.publicKey());

        private Envelope signedByBoth() {
            String first = new String(envelope().bytes(), UTF_8);
            String second = new String(
                    Envelope.sign(statement(AUTHOR), EnvelopeSigner.ed25519(OTHER))
                            .bytes(),
                    UTF_8);
            String signature = second.substring(second.indexOf("{\"keyid\""), second.length() - 2);
            return Envelope.parse(first.replace("\"signatures\":[", "\"signatures\":[" + signature + ",")
                    .getBytes(UTF_8));
        }

        @Test
        void mayHaveSeveralSignaturesOfWhichAThresholdCounts() {
            assertTrue(signedByBoth().verify(2, known, other).holds());
            assertTrue(envelope().verify(1, known, other).holds());
            assertEquals(
                    "1 of the given keys signed, expected 2",
                    envelope().verify(2, known, other).reason().orElseThrow());
        }

        @Test
        void countKeysAndNotNames() {
            assertFalse(envelope()
                    .verify(2, known, EnvelopeVerifier.ed25519(KEY.publicKey()))
                    .holds());
            String twice = new String(envelope().bytes(), UTF_8);
            String signature = twice.substring(twice.indexOf("{\"keyid\""), twice.length() - 2);
            Envelope renamed = Envelope.parse(
                    twice.replace(signature, signature + "," + signature.replace(AUTHOR, "somebody else"))
                            .getBytes(UTF_8));
            assertFalse(renamed.verify(2, known, other).holds());
        }

        @Test
        void areNotSignedByAKeyThatIsUnknown() {
            assertFalse(envelope().verify(1, other).holds());
            assertFalse(envelope().verify(1).holds());
            assertThrows(
                    IllegalArgumentException.class,
                    () -> envelope().verify(0, known).holds());
        }

        @Test
        void needASignature() {
            String none = new String(envelope().bytes(), UTF_8).replaceAll("\\[\\{.*}]", "[]");
            assertThrows(
                    IllegalArgumentException.class,
                    () -> Envelope.parse(none.getBytes(UTF_8)).payload());
        }
    }
}
