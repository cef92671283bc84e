package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.MutableClock.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.signature.SignatureRefused.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RequestVerifierTest extends RequestFixture {

    @Nested
    class Accepts {

        @Test
        void whatAPeerSigned() {
            Sent sent = request();
            VerifiedRequest verified = sent.to(verifier);
            verified.requireBody(BODY);
            assertEquals(signer.id(), verified.from());
            assertEquals(sent.field("signature"), verified.signature());
        }

        @Test
        void whatAForgerLeavesAsItIs() {
            assertEquals(signer.id(), forged(input -> input).to(verifier).from());
        }

        @Test
        void anEmptyBodyAndNoQuery() {
            SignedFields fields = signer.request("GET", HOST, "/", "", "application/octet-stream", new byte[0]);
            VerifiedRequest verified = Sent.of("GET", HOST, "/", "", fields).to(verifier);
            verified.requireBody(new byte[0]);
            assertThrows(SignatureRefused.class, () -> verified.requireBody(new byte[1]));
        }

        @Test
        void anAuthorityInOtherCaseOrWithADefaultPort() {
            for (String name :
                    List.of("PEER-b.example:8088", "peer-B.EXAMPLE", "peer-b.example:443", "peer-b.example:80")) {
                SignedFields fields = signer.request("GET", name, "/", "", "text/plain", BODY);
                assertEquals(
                        signer.id(),
                        Sent.of("GET", name, "/", "", fields).to(verifier).from(),
                        name);
            }
        }

        @Test
        void clocksThatDifferBy30Seconds() {
            Sent ahead = request(MessageSigner.of(KEY, new MutableClock(START + 130), new Random(2)));
            Sent behind = request(MessageSigner.of(KEY, new MutableClock(START + 70), new Random(3)));
            assertEquals(signer.id(), ahead.to(verifier).from());
            assertEquals(signer.id(), behind.to(verifier).from());
        }
    }

    @Nested
    class Refuses {

        @Test
        void whatIsNotSigned() {
            refused(Reason.UNSIGNED, request().with("Signature"));
            refused(Reason.UNSIGNED, request().with("Signature-Input"));
            refused(Reason.UNSIGNED, request().with("Signature").with("Signature-Input"));
            refused(Reason.MALFORMED, request().with("Content-Digest"));
            refused(Reason.MALFORMED, request().with("Content-Type"));
        }

        @Test
        void whatIsWronglySigned() {
            Sent sent = request();
            refused(Reason.SIGNATURE, sent.with("Signature", request().field("Signature")));
            refused(Reason.SIGNATURE, sent.with("Signature", SignatureValue.of(new byte[64])));
            Ed25519PrivateKey other = Ed25519PrivateKey.ofSeed("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
            refused(Reason.SIGNATURE, new Forger(other).sign(sent, input -> input));
        }

        @Test
        void aKeyThatIsNotKnown() {
            Ed25519PrivateKey other = Ed25519PrivateKey.ofSeed("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
            refused(Reason.UNKNOWN_KEY, request(MessageSigner.of(other, clock, new Random(4))));
        }

        @Test
        void aKeyIdThatIsNotTheCanonicalDidKey() {
            String did = signer.id().did();
            for (String form : List.of(
                    did + "#" + did.substring(8),
                    did.toUpperCase(Locale.ROOT),
                    did.replace("did:key:z", "did:key:z1"),
                    did + "1",
                    did.substring(0, did.length() - 1),
                    "did:key:z6MkNotAKey",
                    "did:web:peer-a.example",
                    "")) {
                refused(Reason.PARAMETERS, forged(input -> input.replace("\"" + did + "\"", "\"" + form + "\"")));
            }
        }

        @Test
        void moreOrFewerComponentsOrAnotherOrder() {
            refused(Reason.COMPONENTS, forged(input -> input.replace(" \"content-type\"", "")));
            refused(Reason.COMPONENTS, forged(input -> input.replace(" \"content-digest\"", "")));
            refused(Reason.COMPONENTS, forged(input -> input.replace(" \"@query\"", "")));
            refused(Reason.COMPONENTS, forged(input -> input.replace("\"@method\" ", "")));
            refused(
                    Reason.COMPONENTS,
                    forged(input -> input.replace("\"content-type\")", "\"content-type\" \"host\")")));
            refused(Reason.COMPONENTS, forged(input -> input.replace("(\"@method\"", "(\"host\" \"@method\"")));
            refused(
                    Reason.COMPONENTS,
                    forged(input -> input.replace("\"@method\" \"@authority\"", "\"@authority\" \"@method\"")));
            refused(
                    Reason.COMPONENTS,
                    forged(input -> input.replace("\"content-type\")", "\"content-type\" \"content-type\")")));
        }

        @Test
        void otherParameters() {
            refused(Reason.PARAMETERS, forged(input -> input.replace("vaultmesh-fed-v1", "vaultmesh-fed-v2")));
            refused(Reason.PARAMETERS, forged(input -> input.replace("\"ed25519\"", "\"hmac-sha256\"")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll(";nonce=\"[^\"]*\"", "")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll(";alg=\"[^\"]*\"", "")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll(";tag=\"[^\"]*\"", "")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll(";keyid=\"[^\"]*\"", "")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll(";created=[0-9]*", "")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll(";expires=[0-9]*", "")));
            refused(Reason.PARAMETERS, forged(input -> input + ";more=1"));
            refused(Reason.PARAMETERS, forged(input -> input + ";tag=\"vaultmesh-fed-v1\""));
            refused(Reason.PARAMETERS, forged(input -> input.replace(";expires", ";created=1;expires")));
            refused(
                    Reason.PARAMETERS,
                    forged(input -> input.replaceAll("(;alg=\"ed25519\")(;keyid=\"[^\"]*\")", "$2$1")));
            refused(Reason.PARAMETERS, forged(input -> input.replace(";alg", "; alg")));
            refused(Reason.PARAMETERS, forged(input -> input.replace(";created=", ";created=0")));
            refused(Reason.PARAMETERS, forged(input -> input.replace(";created=", ";created=-")));
            refused(Reason.PARAMETERS, forged(input -> input.replaceAll("(created=[0-9]+)", "$1.0")));
            refused(
                    Reason.PARAMETERS,
                    forged(input -> input.replaceAll("created=[0-9]+", "created=9999999999999999999")));
        }

        @Test
        void aNonceOfAnythingBut128Bits() {
            for (String nonce : List.of("", "00", "0".repeat(31), "0".repeat(33), "A".repeat(32), "g".repeat(32))) {
                refused(
                        Reason.PARAMETERS,
                        forged(input -> input.replaceAll("nonce=\"[^\"]*\"", "nonce=\"" + nonce + "\"")));
            }
        }

        @Test
        void anotherLabelAndTwo() {
            refused(Reason.LABEL, forged(input -> input.replace("vm=", "sig1=")));
            Sent sent = request();
            String input = sent.field("Signature-Input");
            String signature = sent.field("Signature");
            refused(Reason.LABEL, sent.with("Signature-Input", input + ", sig1=" + input.substring(3)));
            refused(Reason.LABEL, sent.with("Signature-Input", "sig1=" + input.substring(3) + ", " + input));
            refused(Reason.MALFORMED, sent.with("Signature", signature + ", sig1=" + signature.substring(3)));
            refused(Reason.MALFORMED, sent.with("Signature", "sig1=" + signature.substring(3) + ", " + signature));
            refused(Reason.MALFORMED, sent.with("Signature", signature.replace("vm=", "sg=")));
        }

        @Test
        void fieldsThatAreThereTwice() {
            Sent sent = request();
            for (String name : List.of("Signature-Input", "Signature", "Content-Digest", "Content-Type")) {
                refused(Reason.MALFORMED, sent.with(name, sent.field(name), sent.field(name)));
            }
        }

        @Test
        void fieldsWithOtherWhiteSpaceOrFolded() {
            Sent sent = request();
            for (String name : List.of("Signature-Input", "Signature", "Content-Digest", "Content-Type")) {
                String value = sent.field(name);
                for (String variant : List.of(
                        " " + value,
                        value + " ",
                        value + "\t",
                        value.replace(":", ": "),
                        "\r\n " + value,
                        value + "\r\n")) {
                    if (!variant.equals(value)) {
                        assertThrows(SignatureRefused.class, () -> {
                            VerifiedRequest unused = sent.with(name, variant).to(verifier);
                        });
                    }
                }
            }
            refused(Reason.MALFORMED, sent.with("Signature-Input", sent.field("Signature-Input") + "\n"));
            refused(Reason.COMPONENTS, forged(input -> input.replace("\" \"@path\"", "\"  \"@path\"")));
            refused(Reason.LABEL, forged(input -> input.replace("vm=(", "vm= (")));
        }

        @Test
        void fieldsThatAreTooLong() {
            String longest = "a/" + "b".repeat(Printable.MOST - 2);
            SignedFields fields = signer.request("GET", HOST, "/", "", longest, BODY);
            assertEquals(
                    signer.id(),
                    Sent.of("GET", HOST, "/", "", fields).to(verifier).from());
            refused(Reason.MALFORMED, request().with("Content-Type", longest + "b"));
            String input = request().field("Signature-Input");
            refused(Reason.PARAMETERS, request().with("Signature-Input", input + "x".repeat(100)));
            refused(Reason.MALFORMED, request().with("Signature-Input", input + "x".repeat(Printable.MOST)));
            refused(Reason.MALFORMED, request().path("/" + "a".repeat(Printable.MOST)));
            refused(Reason.MALFORMED, request().query("?" + "a".repeat(Printable.MOST)));
        }

        @Test
        void anotherMethodPathQueryOrType() {
            Sent sent = request();
            refused(Reason.SIGNATURE, sent.method("PUT"));
            refused(Reason.SIGNATURE, sent.method("post"));
            refused(Reason.SIGNATURE, sent.path("/fed/v1/a/pusH"));
            refused(Reason.SIGNATURE, sent.path("/fed/v1/%61/push"));
            refused(Reason.SIGNATURE, sent.path("/fed/v1/a/push/"));
            refused(Reason.SIGNATURE, sent.query("?x=2"));
            refused(Reason.SIGNATURE, sent.query(""));
            refused(Reason.SIGNATURE, sent.query("?x=%31"));
            refused(Reason.SIGNATURE, sent.with("Content-Type", "text/plain"));
            refused(Reason.SIGNATURE, sent.with("Content-Digest", ContentDigest.of(new byte[0])));
        }

        @Test
        void whatIsForSomebodyElse() {
            Sent sent = request();
            refused(Reason.AUTHORITY, sent.authority("peer-c.example"));
            refused(Reason.SIGNATURE, sent.authority("peer-b.example"));
            refused(Reason.AUTHORITY, sent.authority("peer-b.example:8089"));
            SignedFields fields = signer.request("GET", "peer-c.example", "/", "", "text/plain", BODY);
            refused(Reason.AUTHORITY, Sent.of("GET", "peer-c.example", "/", "", fields));
            refused(Reason.MALFORMED, sent.authority("peer-b.example:08088"));
            refused(Reason.MALFORMED, sent.authority("a@" + HOST));
            refused(Reason.MALFORMED, sent.authority(""));
        }

        @Test
        void componentsThatWouldBeLinesOfTheirOwn() {
            Sent sent = request();
            refused(Reason.MALFORMED, sent.path("/fed/v1/a/push\n\"@query\": ?x=1"));
            refused(Reason.MALFORMED, sent.path("/fed v1"));
            refused(Reason.MALFORMED, sent.path("fed"));
            refused(Reason.MALFORMED, sent.path("/fed?x=1"));
            refused(Reason.MALFORMED, sent.path("/fed/ü"));
            refused(Reason.MALFORMED, sent.query("?x=1\n"));
            refused(Reason.MALFORMED, sent.query("x=1"));
            refused(Reason.MALFORMED, sent.query("?x#y"));
            refused(Reason.MALFORMED, sent.method("GET\n"));
            refused(Reason.MALFORMED, sent.method(""));
            refused(Reason.MALFORMED, sent.with("Content-Type", "text/plain\nx: y"));
            refused(Reason.MALFORMED, sent.with("Content-Type", ""));
            refused(Reason.MALFORMED, sent.with("Content-Digest", "sha-256=:AAAA:"));
            refused(Reason.MALFORMED, sent.with("Content-Digest", "sha-256=:"));
            refused(
                    Reason.MALFORMED,
                    sent.with("Content-Digest", sent.field("Content-Digest").replace("256", "512")));
        }

        @Test
        void anotherBody() {
            VerifiedRequest verified = request().to(verifier);
            byte[] other = BODY.clone();
            other[3] ^= 1;
            SignatureRefused refused = assertThrows(SignatureRefused.class, () -> verified.requireBody(other));
            assertEquals(Reason.DIGEST, refused.reason());
            assertThrows(SignatureRefused.class, () -> verified.requireBody(new byte[0]));
        }

        @Test
        void base64ThatIsWrittenInAnotherWay() {
            Sent sent = request();
            String signature = sent.field("Signature"); // ends with two bits of padding that are zero
            char last = signature.charAt(signature.length() - 4);
            refused(
                    Reason.MALFORMED,
                    sent.with("Signature", signature.replace(last + "==:", (char) (last + 1) + "==:")));
            refused(Reason.MALFORMED, sent.with("Signature", signature.replace("==:", ":")));
        }
    }

    @Nested
    class Construction {

        @Test
        void takesNamesOfTheNodeOnly() {
            for (Set<String> names : List.of(Set.<String>of(), Set.of("https://peer-b.example"), Set.of("a b"))) {
                assertThrows(IllegalArgumentException.class, () -> new RequestVerifier(id -> true, names, clock));
            }
        }
    }
}
