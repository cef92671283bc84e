package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.MutableClock.START;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.peer.PeerId;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MessageSignerTest {

    private static final byte[] BODY = {};

    private final Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(new byte[32]);
    private final MessageSigner signer = MessageSigner.of(key, new MutableClock(START), new Random(1));

    private SignedFields request(String method, String authority, String path, String query, String type) {
        return signer.request(method, authority, path, query, type, BODY);
    }

    @Nested
    class Request {

        @Test
        void hasTheFourFieldsOfTheProfile() {
            SignedFields fields = request("GET", "Peer-B.example:443", "/a", "", "text/plain");
            assertEquals(PeerId.of(key.publicKey()), signer.id());
            assertEquals(
                    List.of("Content-Type", "Content-Digest", "Signature-Input", "Signature"),
                    List.copyOf(fields.byName().keySet()));
            assertEquals("text/plain", fields.byName().get("Content-Type"));
            assertTrue(
                    fields.signatureInput()
                            .matches("vm=\\(\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" "
                                    + "\"content-type\"\\);created=1750000000;expires=1750000060;nonce=\"[0-9a-f]{32}\""
                                    + ";alg=\"ed25519\";keyid=\"" + signer.id() + "\";tag=\"vaultmesh-fed-v1\""),
                    fields.signatureInput());
            assertTrue(fields.signature().matches("vm=:[A-Za-z0-9+/]{86}==:"), fields.signature());
        }

        @Test
        void hasANonceOfItsOwn() {
            Set<String> inputs = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                assertTrue(inputs.add(request("GET", "a", "/", "", "text/plain").signatureInput()));
            }
        }
    }

    @Nested
    class RefusesToSign {

        private void refused(String what, Runnable attempt) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, attempt::run);
            String said = String.valueOf(refused.getMessage());
            assertTrue(said.startsWith(what + " is ") && said.contains("expected"), said);
        }

        private void refused(String what, String method, String authority, String path, String query, String type) {
            refused(what, () -> {
                SignedFields unused = request(method, authority, path, query, type);
            });
        }

        @Test
        void whatIsNoRequest() {
            refused("method", "G T", "a", "/", "", "text/plain");
            refused("authority", "GET", "http://a", "/", "", "text/plain");
            refused("path", "GET", "a", "a", "", "text/plain");
            refused("query", "GET", "a", "/", "x", "text/plain");
            refused("content type", "GET", "a", "/", "", "");
            refused("content type", "GET", "a", "/", "", "text/plain ");
            refused("content type", "GET", "a", "/", "", "a/" + "b".repeat(Printable.MOST));
            refused("the value of \"content-type\"", "GET", "a", "/", "", "text/plain\nx");
        }

        @Test
        void whatIsNoAnswer() {
            String request = request("GET", "a", "/", "", "text/plain").signature();
            for (int status : new int[] {-1, 0, 99, 1000}) {
                refused("status", () -> {
                    SignedFields unused = signer.response(status, "text/plain", BODY, request);
                });
            }
            for (String other : List.of("", request.substring(3), request + ",", request.replace("vm", "sg"))) {
                refused("requestSignature", () -> {
                    SignedFields unused = signer.response(200, "text/plain", BODY, other);
                });
            }
        }
    }
}
