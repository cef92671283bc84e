package io.vaultmesh.federation.sim;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Really signed records, made once and used by all worlds; and their verification, whose outcome is remembered by the
 * bytes, since each of many nodes asks for it. Thread-safe.
 */
final class SimRecords {

    static final Instant BEGIN = Instant.parse("2026-01-02T00:00:00Z");

    private record Made(String author, NamespaceName namespace, long seq, int variant) {}

    private static final Map<String, Ed25519PrivateKey> KEYS = new ConcurrentHashMap<>();
    private static final Map<Made, byte[]> ENTRIES = new ConcurrentHashMap<>();
    private static final Map<Hash, Object> VERIFIED = new ConcurrentHashMap<>(); // a record, or why it is none

    private SimRecords() {}

    static Ed25519PrivateKey key(String name) {
        return KEYS.computeIfAbsent(
                name,
                any -> Ed25519PrivateKey.ofSeed(
                        Hashing.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes()));
    }

    /** The body of a record. */
    static String text(String author, NamespaceName namespace, long seq, int variant) {
        return "What " + author + " found as number " + seq + "." + variant + " in " + namespace + "\n";
    }

    /** A record; another variant has the same number, and is a contradiction. */
    static byte[] entry(String author, NamespaceName namespace, long seq, int variant) {
        return ENTRIES.computeIfAbsent(new Made(author, namespace, seq, variant), SimRecords::make)
                .clone();
    }

    /** A record that says a wrong size of a body that the first node may have written, and was made in some other century. */
    static byte[] lying(String author, NamespaceName namespace, long of, long size) {
        String text = text("node0", namespace, of, 0);
        Hash digest = Hashing.sha256(text.getBytes(StandardCharsets.UTF_8));
        return ENTRIES.computeIfAbsent(new Made(author, namespace, 1000 + 100 * of + size, 2), made -> {
                    EnvelopeSigner signer = EnvelopeSigner.ed25519(key(author));
                    Predicate predicate = new Predicate(
                            signer.keyId(),
                            BEGIN,
                            namespace,
                            made.seq(),
                            "A lie",
                            Optional.empty(),
                            Optional.empty(),
                            new TreeMap<>(),
                            Optional.of(new BodyRef(digest, size, "text/markdown")),
                            List.of(),
                            Optional.empty());
                    Statement statement = new Statement(
                            List.of(Subject.artifact("body", digest)),
                            Kind.DISCOVERY.predicateType(),
                            predicate.toJson());
                    return Envelope.sign(statement, signer).bytes();
                })
                .clone();
    }

    private static byte[] make(Made made) {
        EnvelopeSigner signer = EnvelopeSigner.ed25519(key(made.author()));
        Discovery memory = Discovery.of(
                "Number " + made.seq(),
                Body.markdown(text(made.author(), made.namespace(), made.seq(), made.variant())));
        Instant at = BEGIN.plusSeconds(made.seq() * 7 % 100).plusMillis(made.seq());
        Predicate predicate = Predicate.of(memory, signer.keyId(), at, made.namespace(), made.seq());
        Statement statement = new Statement(memory.subjects(), memory.kind().predicateType(), predicate.toJson());
        return Envelope.sign(statement, signer).bytes();
    }

    /** A record that says it is another author's: its signature is a good one, over other bytes. */
    static byte[] forged(String author, NamespaceName namespace, long seq) {
        String good = new String(entry(author, namespace, seq, 0), StandardCharsets.UTF_8);
        String other = new String(entry(author, namespace, seq, 1), StandardCharsets.UTF_8);
        String signature = "\"sig\":\"";
        int from = good.indexOf(signature);
        int to = good.indexOf('"', from + signature.length());
        int from2 = other.indexOf(signature);
        int to2 = other.indexOf('"', from2 + signature.length());
        return (good.substring(0, from) + other.substring(from2, to2) + good.substring(to))
                .getBytes(StandardCharsets.UTF_8);
    }

    /** As strict as {@link MemoryRecord#verified}, which it asks once for each entry. */
    static MemoryRecord verified(byte[] entry) {
        Object verdict = VERIFIED.computeIfAbsent(MerkleTree.leafHash(entry), id -> {
            try {
                return MemoryRecord.verified(entry);
            } catch (RefutedException e) {
                return String.valueOf(e.getMessage());
            }
        });
        if (verdict instanceof MemoryRecord record) {
            return record;
        }
        throw new RefutedException((String) verdict);
    }

    /** What a Byzantine node takes: whatever can be read, whoever signed it. */
    static MemoryRecord unverified(byte[] entry) {
        try {
            return MemoryRecord.unverified(entry);
        } catch (IllegalArgumentException e) {
            throw new RefutedException(String.valueOf(e.getMessage()));
        }
    }
}
