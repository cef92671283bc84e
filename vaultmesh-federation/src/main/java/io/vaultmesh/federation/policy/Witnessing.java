package io.vaultmesh.federation.policy;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How others vouch for a record before it is made: an attribute {@code witness:} and the witness's did:key, whose value is
 * the Base64 of an Ed25519 signature.
 *
 * <p>What a witness signs is the line {@code vaultmesh-witness/v1}, a line feed, and the canonical JSON of the record's
 * statement without {@code at}, {@code seq} and the attributes that begin with {@code witness:} of its predicate. So it
 * binds the author, the namespace, the kind, the subjects and all else that is said; every witness signs the same bytes; and
 * nobody needs to know when the author will record it. Not bound: when, how often, and who else vouches. Whoever wants one
 * record only gives the memory an idempotency key, which is bound.
 *
 * <p>Thread-safe.
 */
public final class Witnessing {

    /** What the names of the attributes begin with; the witness's did:key follows. */
    public static final String ATTRIBUTE = "witness:";

    private static final byte[] PREFIX = "vaultmesh-witness/v1\n".getBytes(StandardCharsets.US_ASCII);

    private Witnessing() {}

    /**
     * What is signed of a memory that is to be recorded.
     *
     * @param memory the memory, all but its witnesses
     * @param author the did:key of who will record it
     * @param namespace where it will be recorded
     * @return the bytes
     * @throws IllegalArgumentException if it is too large for an entry
     * @throws IllegalStateException if it is about nothing yet
     */
    public static byte[] message(Memory<?> memory, String author, NamespaceName namespace) {
        Predicate predicate = Predicate.of(memory, author, Instant.EPOCH, namespace, 0);
        return message(memory.subjects(), memory.kind(), predicate);
    }

    /**
     * What was signed of a record.
     *
     * @param record the record
     * @return the bytes
     */
    public static byte[] message(MemoryRecord record) {
        return message(record.subjects(), record.kind(), record.predicate());
    }

    private static byte[] message(List<Subject> subjects, Kind kind, Predicate predicate) {
        JsonObject.Builder content = JsonObject.builder();
        for (Map.Entry<String, JsonValue> member :
                predicate.contentToJson().members().entrySet()) {
            JsonValue value = member.getKey().equals("attributes") ? said(predicate) : member.getValue();
            content.put(member.getKey(), value);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(PREFIX);
        out.writeBytes(new Statement(subjects, kind.predicateType(), content.build()).bytes());
        return out.toByteArray();
    }

    private static JsonObject said(Predicate predicate) {
        JsonObject.Builder said = JsonObject.builder();
        predicate.attributes().forEach((name, value) -> {
            if (!name.startsWith(ATTRIBUTE)) {
                said.put(name, value);
            }
        });
        return said.build();
    }

    /**
     * Vouches for a memory that is to be recorded. A witness elsewhere signs {@link #message(Memory, String, NamespaceName)}
     * and gives back the signature, which becomes the attribute.
     *
     * @param <M> the kind of memory
     * @param memory the memory, all but its witnesses
     * @param author the did:key of who will record it
     * @param namespace where it will be recorded
     * @param witness the key that vouches
     * @return the changed copy
     * @throws IllegalArgumentException if it is too large for an entry
     * @throws IllegalStateException if it is about nothing yet, or this key vouched already
     */
    public static <M extends Memory<M>> M witness(
            Memory<M> memory, String author, NamespaceName namespace, Ed25519PrivateKey witness) {
        byte[] signature = witness.sign(message(memory, author, namespace));
        return memory.attribute(
                ATTRIBUTE + witness.publicKey().didKey(), Base64.getEncoder().encodeToString(signature));
    }

    /** The witnesses that a record names: did:keys, which may be anything yet, and the values of their attributes. */
    static SortedMap<String, JsonValue> named(MemoryRecord record) {
        SortedMap<String, JsonValue> named = new TreeMap<>();
        record.predicate().attributes().forEach((name, value) -> {
            if (name.startsWith(ATTRIBUTE)) {
                named.put(name.substring(ATTRIBUTE.length()), value);
            }
        });
        return named;
    }

    /** Whether a witness signed. The did:key must be a good one. */
    static Verdict verify(byte[] message, String didKey, JsonValue value) {
        if (!(value instanceof JsonString text)) {
            return Verdict.refuted(
                    "the signature of witness " + didKey + " is a JSON " + value.type() + ", expected a string");
        }
        byte[] signature;
        try {
            signature = Base64.getDecoder().decode(text.value());
        } catch (IllegalArgumentException e) {
            return Verdict.refuted("the signature of witness " + didKey + " is not standard Base64");
        }
        // another text of the same bytes would be another record that says the same
        if (!Base64.getEncoder().encodeToString(signature).equals(text.value())) {
            return Verdict.refuted("the signature of witness " + didKey + " is not canonical Base64");
        }
        return Ed25519PublicKey.ofDidKey(didKey).verify(message, signature)
                ? Verdict.proven()
                : Verdict.refuted("the signature of witness " + didKey
                        + " is not valid, expected one over this record's statement");
    }
}
