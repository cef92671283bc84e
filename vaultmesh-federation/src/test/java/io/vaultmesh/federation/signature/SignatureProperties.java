package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.MutableClock.START;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class SignatureProperties {

    private static final String HOST = "peer-b.example:8088";
    private static final List<String> FIELDS =
            List.of("content-type", "content-digest", "signature-input", "signature");

    private final MutableClock clock = new MutableClock(START);
    private final MessageSigner signer = MessageSigner.of(Ed25519PrivateKey.ofSeed(new byte[32]), clock, new Random(1));

    private RequestVerifier verifier() {
        clock.set(START);
        RequestVerifier verifier = new RequestVerifier(signer.id()::equals, Set.of(HOST), clock);
        clock.set(START + 10);
        return verifier;
    }

    /** The text with another character somewhere. */
    private static String changed(String text, int position, char other) {
        int at = position % text.length();
        Assume.that(text.charAt(at) != other);
        return text.substring(0, at) + other + text.substring(at + 1);
    }

    private static void refused(RequestVerifier verifier, Sent sent) {
        assertThrows(
                SignatureRefused.class,
                () -> {
                    VerifiedRequest unused = sent.to(verifier);
                },
                sent::toString);
    }

    @Property(tries = 600)
    void anyOtherByteOfARequestIsRefused(
            @ForAll @IntRange(max = 7) int part,
            @ForAll @IntRange(max = 1000) int position,
            @ForAll @IntRange(max = 255) int character) {
        RequestVerifier verifier = verifier();
        Sent sent = Sent.of(
                "POST",
                HOST,
                "/fed/v1/a/push",
                "?x=1",
                signer.request("POST", HOST, "/fed/v1/a/push", "?x=1", "application/json", new byte[3]));
        char other = (char) character;
        switch (part) {
            case 0 -> refused(verifier, sent.method(changed(sent.method(), position, other)));
            case 1 -> {
                String authority = changed(HOST, position, other);
                if (authority.toLowerCase(Locale.ROOT).equals(HOST)) {
                    // the one change that means the same
                    assertEquals(
                            signer.id(), sent.authority(authority).to(verifier).from());
                } else {
                    refused(verifier, sent.authority(authority));
                }
            }
            case 2 -> refused(verifier, sent.path(changed(sent.path(), position, other)));
            case 3 -> refused(verifier, sent.query(changed(sent.query(), position, other)));
            default -> {
                String name = FIELDS.get(part - 4);
                refused(verifier, sent.with(name, changed(sent.field(name), position, other)));
            }
        }
    }

    @Property(tries = 200)
    void anyOtherByteOfAnAnswerIsRefused(
            @ForAll @IntRange(max = 3) int part,
            @ForAll @IntRange(max = 1000) int position,
            @ForAll @IntRange(max = 255) int character) {
        clock.set(START);
        byte[] body = new byte[3];
        String request =
                signer.request("GET", HOST, "/", "", "text/plain", body).signature();
        Map<String, List<String>> fields =
                new HashMap<>(Sent.byName(signer.response(200, "application/json", body, request)));
        String name = FIELDS.get(part);
        fields.put(name, List.of(changed(fields.get(name).get(0), position, (char) character)));
        assertThrows(
                SignatureRefused.class,
                () -> ResponseVerifier.verify(signer.id(), 200, Sent.fields(fields), body, request, clock),
                fields::toString);
    }

    @Property(tries = 100)
    void anyOtherBodyIsRefused(
            @ForAll @Size(max = 100) byte[] body, @ForAll @Size(max = 100) byte[] other, @ForAll boolean flip) {
        RequestVerifier verifier = verifier();
        VerifiedRequest verified = Sent.of(
                        "POST", HOST, "/", "", signer.request("POST", HOST, "/", "", "application/json", body))
                .to(verifier);
        assertDoesNotThrow(() -> verified.requireBody(body));
        byte[] changed = other;
        if (flip && body.length > 0) {
            changed = body.clone();
            changed[other.length % body.length] ^= 1;
        }
        byte[] sent = changed;
        Assume.that(!Arrays.equals(body, sent));
        assertThrows(SignatureRefused.class, () -> verified.requireBody(sent));
    }
}
