package io.vaultmesh.federation.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the RFCs print as the signature base, signature or digest of a message is what we make of it. */
class SignatureVectorsTest {

    private static JsonNode vectors() throws IOException {
        try (InputStream in = SignatureVectorsTest.class.getResourceAsStream("/vectors/http-signatures/rfc9421.json")) {
            assertNotNull(in);
            return new ObjectMapper().readTree(in);
        }
    }

    @Nested
    class SignatureBases {

        @TestFactory
        Iterable<DynamicTest> areThoseOfRfc9421AndSoAreTheirSignatures() throws IOException {
            JsonNode vectors = vectors();
            JsonNode examples = vectors.get("examples");
            assertEquals(5, examples.size());
            return StreamSupport.stream(examples.spliterator(), false)
                    .map(example -> DynamicTest.dynamicTest(
                            example.get("section").asText(),
                            () -> check(example, vectors.get(example.get("key").asText()))))
                    .collect(Collectors.toList());
        }

        private void check(JsonNode example, JsonNode key) throws GeneralSecurityException {
            JsonNode lines = example.get("base");
            SignatureBase base = new SignatureBase();
            for (int i = 0; i < lines.size() - 1; i++) {
                String identifier = lines.get(i).asText().split(": ", 2)[0];
                base = base.cover(identifier, value(identifier, example));
            }
            String last = lines.get(lines.size() - 1).asText();
            String parameters = last.substring(last.indexOf(')') + 1);
            byte[] bytes = base.bytes(parameters);
            String expected = StreamSupport.stream(lines.spliterator(), false)
                    .map(JsonNode::asText)
                    .collect(Collectors.joining("\n"));
            assertEquals(expected, new String(bytes, US_ASCII));
            byte[] signature =
                    Base64.getDecoder().decode(example.get("signature").asText());
            if (example.get("key").asText().equals("ed25519")) {
                ed25519(key, bytes, signature);
            } else {
                p256(key, bytes, signature);
            }
        }

        /** Derives a component's value from the message, as the classes of this package do. */
        private String value(String identifier, JsonNode example) {
            JsonNode message = example.get(identifier.endsWith(";req") ? "request" : "message");
            String name = identifier.split("\"")[1];
            return switch (name) {
                case "@method" -> message.get("method").asText();
                case "@authority" -> Authority.canonical(message.get("host").asText());
                case "@path" -> Components.path(message.get("path").asText());
                case "@query" -> Components.query(message.get("query").asText());
                case "@status" -> message.get("status").asText();
                default -> message.get("fields").get(name).asText();
            };
        }

        private void ed25519(JsonNode key, byte[] base, byte[] signature) {
            byte[] seed = Base64.getUrlDecoder().decode(key.get("seed").asText());
            byte[] spki = Base64.getDecoder().decode(key.get("public").asText());
            Ed25519PublicKey published = Ed25519PublicKey.of(Arrays.copyOfRange(spki, spki.length - 32, spki.length));
            Ed25519PrivateKey secret = Ed25519PrivateKey.ofSeed(seed);
            assertEquals(published, secret.publicKey());
            assertArrayEquals(signature, secret.sign(base));
            assertTrue(published.verify(base, signature));
        }

        private void p256(JsonNode key, byte[] base, byte[] signature) throws GeneralSecurityException {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            byte[] spki = Base64.getDecoder().decode(key.get("public").asText());
            verifier.initVerify(KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(spki)));
            verifier.update(base);
            assertTrue(verifier.verify(signature), "the published signature fits");
        }
    }

    @Nested
    class DerivedComponents {

        @Test
        void areThoseOfTheExamplesInSection22() {
            String text = new String(
                    Components.request("POST", "www.example.com", "/path", "?param=value", "d", "t")
                            .bytes(""),
                    US_ASCII);
            assertEquals(
                    "\"@method\": POST\n\"@authority\": www.example.com\n\"@path\": /path\n\"@query\": ?param=value\n",
                    text.substring(0, text.indexOf("\"content-digest\"")));
            assertEquals("?param=value&foo=bar&baz=bat%2Dman", Components.query("?param=value&foo=bar&baz=bat%2Dman"));
            assertEquals("?queryString", Components.query("?queryString"));
            assertEquals("?", Components.query(""));
            assertEquals("/", Components.path(""));
            String signature = SignatureValue.of(new byte[64]);
            String status =
                    new String(Components.response(200, "d", "t", signature).bytes(""), US_ASCII);
            assertTrue(status.startsWith("\"@status\": 200\n"), status);
        }

        @Test
        void anAuthorityIsInLowerCaseWithoutADefaultPort() {
            assertEquals("www.example.com", Authority.canonical("WWW.Example.COM"));
            assertEquals("example.com", Authority.canonical("example.com:80"));
            assertEquals("example.com", Authority.canonical("example.com:443"));
            assertEquals("example.com:8080", Authority.canonical("example.com:8080"));
            assertEquals("example.com:1443", Authority.canonical("example.com:1443"));
            assertEquals("[::80]", Authority.canonical("[::80]"));
            assertEquals("[2001:db8::1]:8443", Authority.canonical("[2001:DB8::1]:8443"));
        }
    }

    @Nested
    class Digests {

        @Test
        void areThoseOfRfc9530AndRfc9421() {
            String json = "{\"hello\": \"world\"}";
            assertEquals( // RFC 9530, appendix B.1
                    "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:",
                    ContentDigest.of((json + "\n").getBytes(UTF_8)));
            assertEquals( // RFC 9530, appendix B.2
                    "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:", ContentDigest.of(new byte[0]));
            assertEquals( // RFC 9421, section 7.2.8
                    "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:", ContentDigest.of(json.getBytes(UTF_8)));
        }
    }
}
