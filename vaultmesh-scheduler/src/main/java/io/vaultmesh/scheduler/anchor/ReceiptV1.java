package io.vaultmesh.scheduler.anchor;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.AttestationVerifier;
import io.vaultmesh.remembrancer.anchor.Finality;
import java.time.Instant;
import java.util.Base64;

/**
 * An attestation in the form {@code receipt.v1} of VaultMesh's original system, for its tools.
 *
 * <p>Guaranteed: the attestation was verified when this was made. Not guaranteed: that the original's own verifier of
 * timestamps takes the token, for it has the SHA-256 of the root stamped, and this library the root itself. What the form has no
 * place for, docs/FORMATS.md says.
 *
 * <p>Immutable and thread-safe. Source: {@code schemas/receipt.v1.json} of VaultSovereign/vm-spawn.
 */
public final class ReceiptV1 {

    private static final String KIND = "rfc3161:";

    private final JsonObject json;

    private ReceiptV1(JsonObject json) {
        this.json = json;
    }

    /**
     * Verifies an attestation, and makes a receipt of it.
     *
     * @param attestation the attestation
     * @param verifier knows its target
     * @param logKey the public key of the log that was anchored
     * @param now when it is verified
     * @return the receipt
     * @throws IllegalArgumentException if the form has no place for the target: it has one for timestamps of RFC 3161 alone
     * @throws RefutedException if the attestation doesn't hold, or is not final yet
     */
    public static ReceiptV1 of(
            Attestation attestation, AttestationVerifier verifier, NoteVerifier logKey, Instant now) {
        requireNonNull(now, "now");
        if (!attestation.target().startsWith(KIND)) {
            throw new IllegalArgumentException("target is " + attestation.target()
                    + ", expected one of rfc3161: receipt.v1 has no place for files and repositories");
        }
        Finality finality = attestation.verify(verifier, logKey);
        if (!(finality instanceof Finality.Final published)) {
            throw new RefutedException("the attestation is " + finality + ", expected one that is final");
        }
        return new ReceiptV1(json(attestation, published.at(), now));
    }

    private static JsonObject json(Attestation attestation, Instant published, Instant now) {
        JsonObject.Builder evidence =
                JsonObject.builder().put("checkpoint", attestation.note().toText());
        attestation.evidence().members().forEach(evidence::put);
        byte[] request = Base64.getDecoder().decode(attestation.evidence().string("request"));
        return JsonObject.builder()
                .put("version", "1")
                .put("root", "0x" + attestation.checkpoint().root())
                .put("chain", "TSA")
                .put("network", attestation.target().substring(KIND.length()))
                .put("txScheme", "tsa")
                // the request, and not the token: of that, bits can be changed and it still verifies
                .put("txRef", "tsq:sha256:" + Hashing.sha256(request))
                .put("blockNumber", 0)
                .put("anchorTs", published.toString())
                .put("rfc3161Ts", published.toString())
                .put("observedAt", now.toString())
                .put("status", "verified")
                .put("verifier", "io.vaultmesh.scheduler")
                .put(
                        "finality",
                        JsonObject.builder()
                                .put("observedDepth", 0)
                                .put("requiredDepth", 0)
                                .put("state", "finalized")
                                .build())
                .put("evidence", evidence.build())
                .put(
                        "metadata",
                        JsonObject.builder()
                                .put("origin", attestation.checkpoint().origin())
                                .put("size", attestation.checkpoint().size())
                                .put("target", attestation.target())
                                .build())
                .build();
    }

    /**
     * The receipt as a file.
     *
     * @return canonical JSON
     */
    public byte[] bytes() {
        return CanonicalJson.encode(json);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ReceiptV1 receipt && json.equals(receipt.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    /** The canonical JSON. */
    @Override
    public String toString() {
        return json.toString();
    }
}
