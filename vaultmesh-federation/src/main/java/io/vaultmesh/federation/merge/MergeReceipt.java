package io.vaultmesh.federation.merge;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSignature;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;

/**
 * What somebody signed of a merge: the heads of both lists and of the merged one, and the merged list's hash. A DSSE
 * envelope over an in-toto statement, whose predicate has the members of the original's receipts.
 *
 * <p>Guaranteed by {@link #verify} for the lists that are given to it: they merge to the list that the key's holder signed
 * for. Not guaranteed: that the lists were all that a peer had, or the time, which is the signer's word.
 *
 * <p>Immutable and thread-safe.
 */
public final class MergeReceipt {

    /** What kind of claim the statement of a receipt is; an identifier that nobody fetches. */
    public static final String PREDICATE_TYPE = "https://vaultmesh.org/merge/v1";

    private static final String MERGED = "merged.json";
    private static final String MEDIA_TYPE = "application/vnd.dsse.envelope.v1+json";

    private final Envelope envelope;

    private MergeReceipt(Envelope envelope) {
        this.envelope = envelope;
    }

    /**
     * Merges two lists and signs for the result.
     *
     * @param left one list
     * @param right the other one
     * @param at when; cut to the second
     * @param signer who answers for the merge
     * @return the receipt
     * @throws IllegalArgumentException if the merged list has more events than a list may have
     */
    public static MergeReceipt of(EventList left, EventList right, Instant at, EnvelopeSigner signer) {
        return new MergeReceipt(Envelope.sign(statement(left, right, text(at), signer.keyId()), signer));
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The one statement that is true of two lists. */
    private static Statement statement(EventList left, EventList right, String timestamp, String keyId) {
        EventList merged = CanonicalUnion.merge(left, right);
        JsonObject predicate = JsonObject.builder()
                .put("left_head", left.head().toString())
                .put("right_head", right.head().toString())
                .put("merged_head", merged.head().toString())
                .put("events_replayed", merged.size())
                .put("policy", CanonicalUnion.POLICY)
                .put("sort_order", CanonicalUnion.SORT_ORDER)
                .put("timestamp", timestamp)
                .put("trust_anchors", JsonArray.ofStrings(List.of(keyId)))
                .build();
        Subject subject = Subject.artifact(MERGED, Hashing.sha256(merged.bytes()));
        return new Statement(List.of(subject), PREDICATE_TYPE, predicate);
    }

    /**
     * Reads a receipt.
     *
     * @param json the bytes, as {@link #bytes()} gives them
     * @return the receipt, not verified
     * @throws IllegalArgumentException if it is not a signed statement about a merge
     */
    public static MergeReceipt parse(byte[] json) {
        Envelope envelope = Envelope.parse(json);
        MergeReceipt receipt = new MergeReceipt(envelope);
        if (!Arrays.equals(envelope.bytes(), json)) {
            throw new IllegalArgumentException(
                    "the receipt is not the canonical JSON of payload, payloadType and signatures");
        }
        if (!envelope.payloadType().equals(Envelope.STATEMENT)) {
            throw new IllegalArgumentException(
                    "payloadType of a receipt is " + envelope.payloadType() + ", expected " + Envelope.STATEMENT);
        }
        Statement statement = envelope.statement();
        if (!statement.predicateType().equals(PREDICATE_TYPE)) {
            throw new IllegalArgumentException(
                    "predicateType of a receipt is " + statement.predicateType() + ", expected " + PREDICATE_TYPE);
        }
        JsonObject predicate = statement.predicate();
        predicate.only(
                "left_head",
                "right_head",
                "merged_head",
                "events_replayed",
                "policy",
                "sort_order",
                "timestamp",
                "trust_anchors");
        List<String> signers =
                envelope.signatures().stream().map(EnvelopeSignature::keyId).toList();
        if (!predicate.array("trust_anchors").strings().equals(signers) || signers.size() != 1) {
            throw new IllegalArgumentException("trust_anchors of a receipt are "
                    + predicate.array("trust_anchors").strings() + " and its signers " + signers
                    + ", expected one signer, and its key id");
        }
        var unusedHeads = List.of(receipt.leftHead(), receipt.rightHead(), receipt.mergedHead());
        var unusedTime = receipt.at();
        return receipt;
    }

    /**
     * Whether a key's holder signed that two lists merge to a third, and they do. Needs nothing else: the merge is done
     * again.
     *
     * @param left the left list
     * @param right the right list
     * @param merged the merged list
     * @param key the key that must have signed
     * @return whether all of that holds
     * @throws IllegalArgumentException if the two lists have together more events than a list may have
     */
    public Verdict verify(EventList left, EventList right, EventList merged, Ed25519PublicKey key) {
        if (!envelope.verify(1, EnvelopeVerifier.ed25519(key)).holds()) {
            return Verdict.refuted("the receipt is not signed by " + key.didKey());
        }
        Statement signed = envelope.statement();
        EventList union = CanonicalUnion.merge(left, right);
        if (!union.equals(merged)) {
            return Verdict.refuted("the merged list has " + merged + ", expected " + union);
        }
        Statement expected = statement(left, right, signed.predicate().string("timestamp"), key.didKey());
        for (String member : expected.predicate().members().keySet()) {
            if (!signed.predicate().get(member).equals(expected.predicate().get(member))) {
                return Verdict.refuted(member + " is "
                        + signed.predicate().get(member).map(Object::toString).orElse("missing") + ", expected "
                        + expected.predicate().get(member).orElseThrow());
            }
        }
        return signed.equals(expected)
                ? Verdict.proven()
                : Verdict.refuted("the receipt is about " + signed.subjects() + ", expected " + expected.subjects());
    }

    /**
     * The head of the left list, as signed.
     *
     * @return the head
     */
    public Hash leftHead() {
        return head("left_head");
    }

    /**
     * The head of the right list, as signed.
     *
     * @return the head
     */
    public Hash rightHead() {
        return head("right_head");
    }

    /**
     * The head of the merged list, as signed.
     *
     * @return the head
     */
    public Hash mergedHead() {
        return head("merged_head");
    }

    private Hash head(String member) {
        return Hash.parse(envelope.statement().predicate().string(member));
    }

    /**
     * When, by the signer's clock.
     *
     * @return the time, in whole seconds
     */
    public Instant at() {
        String timestamp = envelope.statement().predicate().string("timestamp");
        Instant at;
        try {
            at = Instant.parse(timestamp);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(notATime(timestamp), e);
        }
        if (!text(at).equals(timestamp)) {
            throw new IllegalArgumentException(notATime(timestamp));
        }
        return at;
    }

    private static String notATime(String timestamp) {
        return "timestamp of a receipt is " + timestamp + ", expected as 2026-01-02T03:04:05Z";
    }

    /**
     * The envelope: what was signed, and by whom.
     *
     * @return the envelope
     */
    public Envelope envelope() {
        return envelope;
    }

    /**
     * The receipt as canonical JSON: what is written to a file.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        return envelope.bytes();
    }

    /**
     * What remembers the merge: record it, and the log has the receipt as body, the heads as attributes and the merged list
     * as evidence. It is a discovery, the kind for what has none of its own: a {@code signature} record is an OpenPGP
     * signature of an artifact.
     *
     * @return the memory to be recorded
     */
    public Discovery toMemory() {
        JsonObject predicate = envelope.statement().predicate();
        Body body = Body.bytes(bytes(), MEDIA_TYPE, "json");
        return Discovery.of("Merge of " + predicate.integer("events_replayed") + " events", body)
                .attribute("policy", predicate.string("policy"))
                .attribute("left_head", leftHead().toString())
                .attribute("right_head", rightHead().toString())
                .attribute("merged_head", mergedHead().toString())
                .evidence(MERGED, envelope.statement().subjects().get(0).digest());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MergeReceipt receipt && envelope.equals(receipt.envelope);
    }

    @Override
    public int hashCode() {
        return envelope.hashCode();
    }

    @Override
    public String toString() {
        return "receipt of a merge to " + mergedHead() + " at " + at();
    }
}
