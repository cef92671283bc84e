package io.vaultmesh.remembrancer.anchor;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;

/**
 * What proves that a checkpoint was anchored: the signed checkpoint, and what the target gave. It is the body of an anchor
 * record. It is as true as {@link AttestationVerifier#verify} says. Immutable and thread-safe.
 *
 * @param target the target's name
 * @param note the checkpoint, signed by its log
 * @param evidence what the target gave
 */
public record Attestation(String target, SignedNote note, JsonObject evidence) {

    /** The media type of its bytes. */
    public static final String MEDIA_TYPE = "application/json";

    /** How many bytes an attestation has at most. */
    public static final int MOST_BYTES = 4 << 20;

    private static final long FORMAT = 1;

    /**
     * Creates an attestation.
     *
     * @param target the target's name
     * @param note the checkpoint, signed by its log
     * @param evidence what the target gave
     * @throws IllegalArgumentException if the note is of no checkpoint
     */
    public Attestation {
        requireNonNull(target, "target");
        requireNonNull(evidence, "evidence");
        Checkpoint unused = Checkpoint.parse(note.text());
    }

    /**
     * What was anchored. The log's signature over it is not verified here.
     *
     * @return the checkpoint
     */
    public Checkpoint checkpoint() {
        return Checkpoint.parse(note.text());
    }

    /**
     * Whether it holds: the log signed the checkpoint, and the target's evidence is of it.
     *
     * <p>An exception of the verifier, which means that the target has to be asked and can't be, is thrown.
     *
     * @param verifier knows the target
     * @param logKey the log's public key
     * @return how final it is; {@link Finality.Invalid} if that key didn't sign the checkpoint, or it is of another target
     */
    public Finality verify(AttestationVerifier verifier, NoteVerifier logKey) {
        if (!verifier.name().equals(target)) {
            return new Finality.Invalid("the attestation is of " + target + ", expected " + verifier.name());
        }
        try {
            TrustedCheckpoint trusted = TrustedCheckpoint.verify(note, logKey);
            return verifier.verify(new Checkpoint(trusted.origin(), trusted.size(), trusted.root()), evidence);
        } catch (RefutedException e) {
            return new Finality.Invalid(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The attestation as a file.
     *
     * @return canonical JSON, which {@link #parse} reads
     * @throws IllegalArgumentException if it is larger than {@link #MOST_BYTES}, or its evidence nested more deeply than is
     *     read
     */
    public byte[] bytes() {
        byte[] json = CanonicalJson.encode(JsonObject.builder()
                .put("format", FORMAT)
                .put("target", target)
                .put("checkpoint", note.toText())
                .put("evidence", evidence)
                .build());
        Attestation unused = parse(json); // or an audit would find what can't be read, when it is too late
        return json;
    }

    /**
     * Reads an attestation.
     *
     * @param json the body of an anchor record
     * @return the attestation, not verified
     * @throws IllegalArgumentException if it is not one, or has members that are not known
     */
    public static Attestation parse(byte[] json) {
        if (json.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "an attestation has " + json.length + " bytes, expected at most " + MOST_BYTES);
        }
        JsonObject object =
                StrictJson.parseObject(json, "attestation").only("format", "target", "checkpoint", "evidence");
        if (object.integer("format") != FORMAT) {
            throw new IllegalArgumentException(
                    "format of the attestation is " + object.integer("format") + ", expected " + FORMAT);
        }
        return new Attestation(
                object.string("target"), SignedNote.parse(object.string("checkpoint")), object.object("evidence"));
    }
}
