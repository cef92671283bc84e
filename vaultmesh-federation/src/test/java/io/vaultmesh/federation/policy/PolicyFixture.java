package io.vaultmesh.federation.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.time.Instant;

/** Records and keys of tests. */
final class PolicyFixture {

    static final NamespaceName NAMESPACE = new NamespaceName("dao:vaultmesh");
    static final Instant AT = Instant.parse("2026-01-02T03:04:05.678Z");
    static final Ed25519PrivateKey AUTHOR = key(1);
    static final Ed25519PrivateKey ONE = key(2);
    static final Ed25519PrivateKey TWO = key(3);
    static final Ed25519PrivateKey THREE = key(4);

    private PolicyFixture() {}

    static Ed25519PrivateKey key(int n) {
        byte[] seed = new byte[Ed25519PrivateKey.SEED_LENGTH];
        seed[0] = (byte) n;
        return Ed25519PrivateKey.ofSeed(seed);
    }

    static String did(Ed25519PrivateKey key) {
        return key.publicKey().didKey();
    }

    static Deployment deployment() {
        return Deployment.of("ledger", "1.0.3").artifact("ledger.jar", Hashing.sha256(new byte[] {1}));
    }

    static byte[] entry(Memory<?> memory, Ed25519PrivateKey author, Instant at, long seq) {
        Predicate predicate = Predicate.of(memory, did(author), at, NAMESPACE, seq);
        Statement statement = new Statement(memory.subjects(), memory.kind().predicateType(), predicate.toJson());
        return Envelope.sign(statement, EnvelopeSigner.ed25519(author)).bytes();
    }

    static MemoryRecord record(Memory<?> memory) {
        return MemoryRecord.verified(entry(memory, AUTHOR, AT, 0));
    }

    static <M extends Memory<M>> M witnessed(Memory<M> memory, Ed25519PrivateKey witness) {
        return Witnessing.witness(memory, did(AUTHOR), NAMESPACE, witness);
    }

    static JsonObject json(String text) {
        return StrictJson.parseObject(text.getBytes(UTF_8), "test");
    }
}
