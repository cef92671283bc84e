package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.MutableClock.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.signature.SignatureRefused.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResponseVerifierTest {

    private static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);
    private static final Ed25519PrivateKey OTHER =
            Ed25519PrivateKey.ofSeed("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    private static final byte[] BODY = "{\"n\":1}".getBytes(UTF_8);

    private final MutableClock clock = new MutableClock(START);
    private final MessageSigner server = MessageSigner.of(KEY, clock, new Random(1));
    private final MessageSigner client = MessageSigner.of(OTHER, clock, new Random(2));
    private final String request = request();

    private String request() {
        return client.request("GET", "peer-b.example", "/", "", "text/plain", new byte[0])
                .signature();
    }

    private Map<String, List<String>> answer() {
        return Sent.byName(server.response(200, "application/json", BODY, request));
    }

    private Map<String, List<String>> answer(String name, String... values) {
        Map<String, List<String>> fields = new HashMap<>(answer());
        fields.put(name, List.of(values));
        return fields;
    }

    private void verify(int status, Map<String, List<String>> fields, byte[] body, String to) {
        ResponseVerifier.verify(server.id(), status, Sent.fields(fields), body, to, clock);
    }

    private void refused(Reason reason, int status, Map<String, List<String>> fields, byte[] body, String to) {
        SignatureRefused refused = assertThrows(SignatureRefused.class, () -> verify(status, fields, body, to));
        assertEquals(reason, refused.reason(), refused.getMessage());
    }

    private void refused(Reason reason, Map<String, List<String>> fields) {
        refused(reason, 200, fields, BODY, request);
    }

    /** An answer whose Signature-Input is another, and whose signature fits. */
    private Map<String, List<String>> forged(UnaryOperator<String> change) {
        Map<String, List<String>> fields = new HashMap<>(answer());
        String input = change.apply(fields.get("signature-input").get(0));
        String signature = new Forger(KEY)
                .value("\"@status\"", "200")
                .value("\"content-digest\"", ContentDigest.of(BODY))
                .value("\"content-type\"", "application/json")
                .value("\"signature\";req;key=\"vm\"", request.substring(3))
                .signature(input);
        fields.put("signature-input", List.of(input));
        fields.put("signature", List.of(signature));
        return fields;
    }

    @Nested
    class Accepts {

        @Test
        void theAnswerOfThePeerToTheRequest() {
            assertDoesNotThrow(() -> verify(200, answer(), BODY, request));
            assertDoesNotThrow(() -> verify(200, forged(input -> input), BODY, request));
        }

        @Test
        void anAnswerWithoutABody() {
            Map<String, List<String>> fields =
                    Sent.byName(server.response(401, "application/json", new byte[0], request));
            assertDoesNotThrow(() -> verify(401, fields, new byte[0], request));
        }
    }

    @Nested
    class Refuses {

        @Test
        void anAnswerToAnotherRequest() {
            refused(Reason.SIGNATURE, 200, answer(), BODY, request());
        }

        @Test
        void anAnswerByAnotherKey() {
            refused(Reason.UNKNOWN_KEY, Sent.byName(client.response(200, "application/json", BODY, request)));
        }

        @Test
        void anAnswerThatAnotherKeySignedInThePeersName() {
            Map<String, List<String>> fields = new HashMap<>(answer());
            String forged =
                    client.response(200, "application/json", BODY, request).signature();
            fields.put("signature", List.of(forged));
            refused(Reason.SIGNATURE, fields);
        }

        @Test
        void anotherStatusTypeOrBody() {
            refused(Reason.SIGNATURE, 201, answer(), BODY, request);
            refused(Reason.MALFORMED, 20, answer(), BODY, request);
            refused(Reason.SIGNATURE, answer("content-type", "text/plain"));
            refused(Reason.DIGEST, 200, answer(), new byte[0], request);
            byte[] other = BODY.clone();
            other[0] ^= 1;
            refused(Reason.DIGEST, 200, answer(), other, request);
            refused(Reason.SIGNATURE, 200, answer("content-digest", ContentDigest.of(other)), other, request);
        }

        @Test
        void whatIsNotSignedOrTwice() {
            refused(Reason.UNSIGNED, answer("signature"));
            refused(Reason.UNSIGNED, answer("signature-input"));
            for (String name : List.of("signature", "signature-input", "content-type", "content-digest")) {
                String value = answer().get(name).get(0);
                refused(Reason.MALFORMED, answer(name, value, value));
            }
        }

        @Test
        void otherComponentsOrParameters() {
            refused(Reason.COMPONENTS, forged(input -> input.replace(" \"signature\";req;key=\"vm\"", "")));
            refused(Reason.COMPONENTS, forged(input -> input.replace("\"@status\" ", "")));
            refused(Reason.COMPONENTS, forged(input -> input.replace(" \"content-type\"", "")));
            refused(Reason.PARAMETERS, forged(input -> input.replace("vaultmesh-fed-v1", "other")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll(";nonce=\"[^\"]*\"", "")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll("expires=[0-9]+", "expires=" + (START + 61))));
            refused(Reason.LABEL, forged(input -> input.replace("vm=(", "sig1=(")));
        }

        @Test
        void anAnswerOfAnotherTime() {
            Map<String, List<String>> now = answer();
            clock.set(START + 60);
            refused(Reason.EXPIRED, now);
            clock.set(START - 31);
            refused(Reason.CLOCK, now);
        }

        @Test
        void aRequestInPlaceOfAnAnswer() {
            refused(
                    Reason.COMPONENTS,
                    Sent.byName(server.request("GET", "peer-b.example", "/", "", "application/json", BODY)));
        }

        @Test
        void aCallerWhoGivesNoRequest() {
            assertThrows(IllegalArgumentException.class, () -> verify(200, answer(), BODY, "vm=::"));
            assertThrows(IllegalArgumentException.class, () -> server.response(200, "a/b", BODY, ""));
        }
    }
}
