package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.MutableClock.START;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.signature.SignatureRefused.Reason;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A peer that signs, and a node that verifies and was started 100 s ago. */
abstract class RequestFixture {

    static final Ed25519PrivateKey KEY = Ed25519PrivateKey.ofSeed(new byte[32]);
    static final byte[] BODY = "{\"n\":1}".getBytes(UTF_8);
    static final String HOST = "peer-b.example:8088";

    final MutableClock clock = new MutableClock(START);
    final MessageSigner signer = MessageSigner.of(KEY, clock, new Random(1));
    final RequestVerifier verifier = new RequestVerifier(signer.id()::equals, Set.of(HOST, "Peer-B.example"), clock);

    RequestFixture() {
        clock.set(START + 100);
    }

    Sent request() {
        return request(signer);
    }

    Sent request(MessageSigner by) {
        return Sent.of(
                "POST",
                HOST,
                "/fed/v1/a/push",
                "?x=1",
                by.request("POST", HOST, "/fed/v1/a/push", "?x=1", "application/json", BODY));
    }

    /** A request whose Signature-Input is another, and whose signature fits. */
    Sent forged(UnaryOperator<String> change) {
        return new Forger(KEY).value("\"host\"", HOST).sign(request(), change);
    }

    void refused(Reason reason, Sent sent) {
        sent.isRefused(verifier, reason);
    }
}
