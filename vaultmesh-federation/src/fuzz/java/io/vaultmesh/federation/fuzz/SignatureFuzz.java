package io.vaultmesh.federation.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.signature.Fields;
import io.vaultmesh.federation.signature.MessageSigner;
import io.vaultmesh.federation.signature.RequestVerifier;
import io.vaultmesh.federation.signature.ResponseVerifier;
import io.vaultmesh.federation.signature.SignatureRefused;
import io.vaultmesh.federation.signature.SignedFields;
import io.vaultmesh.federation.signature.VerifiedRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A message is refused with a reason, or is to the byte one that was signed. The input is its lines: method, authority, path
 * and query (of an answer: the status), and then header fields as {@code name:value}.
 */
class SignatureFuzz {

    private static final InstantSource STARTED = InstantSource.fixed(Instant.ofEpochSecond(1_750_000_000));
    private static final InstantSource NOW = InstantSource.fixed(Instant.ofEpochSecond(1_750_000_010));
    private static final MessageSigner SIGNER =
            MessageSigner.of(Ed25519PrivateKey.ofSeed(new byte[32]), NOW, new Random(1));
    private static final byte[] BODY = {};
    private static final SignedFields REQUEST = SIGNER.request("GET", "a.example:1", "/b", "?c", "text/plain", BODY);
    private static final SignedFields ANSWER = SIGNER.response(200, "text/plain", BODY, REQUEST.signature());

    @FuzzTest
    void parse(byte[] message) {
        String[] lines = new String(message, ISO_8859_1).split("\n", -1);
        Fields fields = name -> values(lines, name);
        request(lines, fields);
        answer(lines, fields);
    }

    private static void request(String[] lines, Fields fields) {
        try {
            VerifiedRequest verified =
                    verifier().verify(line(lines, 0), line(lines, 1), line(lines, 2), line(lines, 3), fields);
            verified.requireBody(BODY);
            assertEquals(SIGNER.id(), verified.from());
            assertEquals("GET /b ?c", line(lines, 0) + " " + line(lines, 2) + " " + line(lines, 3));
            assertEquals("a.example:1", line(lines, 1).toLowerCase(Locale.ROOT));
            assertSigned(REQUEST, fields);
        } catch (SignatureRefused refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank(), "a refusal says why");
        }
    }

    private static void answer(String[] lines, Fields fields) {
        int status = line(lines, 0).equals("200") ? 200 : line(lines, 0).length();
        try {
            ResponseVerifier.verify(SIGNER.id(), status, fields, BODY, REQUEST.signature(), NOW);
            assertEquals(200, status);
            assertSigned(ANSWER, fields);
        } catch (SignatureRefused refused) {
            assertFalse(String.valueOf(refused.getMessage()).isBlank(), "a refusal says why");
        }
    }

    /** Whose clock says what it said when the messages were signed, and which was started before. */
    private static RequestVerifier verifier() {
        Set<PeerId> known = Set.of(SIGNER.id());
        List<InstantSource> times = new ArrayList<>(List.of(STARTED, NOW));
        return new RequestVerifier(
                known::contains, Set.of("a.example:1"), () -> times.remove(0).instant());
    }

    private static void assertSigned(SignedFields signed, Fields fields) {
        for (Map.Entry<String, String> field : signed.byName().entrySet()) {
            assertEquals(List.of(field.getValue()), fields.values(field.getKey()));
        }
    }

    private static String line(String[] lines, int number) {
        return number < lines.length ? lines[number] : "";
    }

    private static List<String> values(String[] lines, String name) {
        List<String> values = new ArrayList<>();
        for (String line : lines) {
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                values.add(line.substring(name.length() + 1));
            }
        }
        return values;
    }
}
