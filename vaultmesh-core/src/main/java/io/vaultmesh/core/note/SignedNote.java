package io.vaultmesh.core.note;

import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A text with signatures over it: a C2SP signed note.
 *
 * <pre>
 * text, its last line ending in a newline
 * (an empty line)
 * — name base64(key id ‖ signature)
 * </pre>
 *
 * <p>A note that was only parsed proves nothing: {@link #verify} does, and {@link #verifyCosignatures} for witnesses, whose
 * lines stand among the others. Lines of unknown keys and algorithms are kept as they are. Up to 100 signatures and 1 MiB
 * are read. Immutable and thread-safe.
 *
 * @param text the signed text, ending in {@code \n}
 * @param signatures the signatures, in order; the list is copied
 */
public record SignedNote(String text, List<NoteSignature> signatures) {

    private static final int MAX_SIGNATURES = 100;
    private static final int MAX_BYTES = 1024 * 1024;

    /**
     * Creates a note.
     *
     * @param text the signed text, ending in {@code \n}
     * @param signatures the signatures, in order; the list is copied
     * @throws IllegalArgumentException if the text doesn't end in a newline, has control characters or half a surrogate
     *     pair, or there is no signature, or more than 100
     */
    public SignedNote {
        signatures = List.copyOf(signatures);
        requireText(text);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "a note has " + signatures.size() + " signatures, expected 1 to " + MAX_SIGNATURES);
        }
    }

    private static void requireText(String text) {
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the text of a note doesn't end in a newline");
        }
        text.chars().filter(c -> c < 0x20 && c != '\n').findFirst().ifPresent(c -> {
            throw new IllegalArgumentException(String.format("the text of a note has a control character, U+%04X", c));
        });
        // in UTF-8 each half would become a question mark, and one signature would fit several texts
        if (text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE)) {
            throw new IllegalArgumentException("the text of a note has half of a surrogate pair");
        }
    }

    /**
     * Signs a text.
     *
     * @param text the text, ending in {@code \n}
     * @param signers who signs, in order; at least one
     * @return the note
     * @throws IllegalArgumentException if the text doesn't end in a newline, has control characters or half a surrogate
     *     pair, or nobody signs
     */
    public static SignedNote sign(String text, NoteSigner... signers) {
        requireText(text);
        return new SignedNote(text, signatures(text.getBytes(StandardCharsets.UTF_8), signers));
    }

    private static List<NoteSignature> signatures(byte[] text, NoteSigner... signers) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (NoteSigner signer : signers) {
            signatures.add(new NoteSignature(signer.name(), signer.keyId(), signer.sign(text)));
        }
        return signatures;
    }

    /**
     * This note with further signatures, such as a witness's. The note's other signatures are not verified.
     *
     * @param signers who signs, in order
     * @return the note, with their signatures after the others and in the place of earlier ones by the same keys
     * @throws IllegalArgumentException if there are more than 100 signatures then, or a witness is to cosign what is not
     *     a checkpoint
     */
    public SignedNote cosign(NoteSigner... signers) {
        SignedNote note = this;
        for (NoteSignature signature : signatures(textBytes(), signers)) {
            note = note.withSignature(signature);
        }
        return note;
    }

    /**
     * This note with a signature that somebody else made. It is not verified: verify it before it takes the place of one
     * that was.
     *
     * @param signature the signature
     * @return the note, with the signature after the others and in the place of earlier ones by the same key
     * @throws IllegalArgumentException if there are more than 100 signatures then
     */
    public SignedNote withSignature(NoteSignature signature) {
        List<NoteSignature> all = new ArrayList<>(signatures);
        all.removeIf(signature::isOfSameKeyAs);
        all.add(signature);
        return new SignedNote(text, all);
    }

    /**
     * Reads a note. It is split at the last empty line, so that a text may have empty lines too.
     *
     * @param note the note's bytes
     * @return the note, not verified
     * @throws IllegalArgumentException if it is not a note; the message says why
     */
    public static SignedNote parse(byte[] note) {
        if (note.length > MAX_BYTES) {
            throw new IllegalArgumentException("a note has " + note.length + " bytes, expected at most " + MAX_BYTES);
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(note))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a note is not valid UTF-8", e);
        }
    }

    /**
     * Reads a note.
     *
     * @param note the note
     * @return the note, not verified
     * @throws IllegalArgumentException if it is not a note; the message says why
     */
    public static SignedNote parse(String note) {
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n")) {
            throw new IllegalArgumentException("not a note: expected a text, an empty line, and lines of signatures");
        }
        String lines = note.substring(split + 2);
        if (lines.chars().filter(c -> c == '\n').count() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has more than " + MAX_SIGNATURES + " signatures");
        }
        // not String.lines(): it takes a carriage return for the end of a line, and one note would have several texts
        List<String> each = lines.isEmpty() ? List.of() : List.of(lines.split("\n"));
        return new SignedNote(
                note.substring(0, split + 1),
                each.stream().map(NoteSignature::parse).toList());
    }

    /**
     * Whether at least one of the given keys signed this text. Signatures by other keys are ignored; a signature that
     * names a given key and is not valid refutes the whole note.
     *
     * @param verifiers the keys that count
     * @return whether one of them signed, and none of their signatures is wrong
     */
    public Verdict verify(NoteVerifier... verifiers) {
        byte[] bytes = textBytes();
        boolean verified = false;
        for (NoteSignature signature : signatures) {
            for (NoteVerifier verifier : verifiers) {
                if (!signature.isOf(verifier)) {
                    continue;
                }
                if (!verifier.verify(bytes, signature.signature())) {
                    return Verdict.refuted("the signature of " + signature + " is not valid");
                }
                verified = true;
            }
        }
        return verified ? Verdict.proven() : Verdict.refuted(nobodyKnown(verifiers));
    }

    /**
     * The cosignatures of the given witnesses, each verified. Signatures by others are ignored.
     *
     * @param witnesses the witnesses that count
     * @return one for each key that cosigned, in the order of the note: the newest, whatever names it stands under
     * @throws RefutedException if a signature names a given key and is not valid
     */
    public List<Cosignature> cosignatures(CosignatureVerifier... witnesses) {
        return Cosignatures.verified(this, witnesses);
    }

    /**
     * Whether enough of the given witnesses cosigned this text. Different keys are counted, never names: one key under
     * two names is one witness. Signatures by others are ignored; one that names a given key and is not valid refutes the
     * whole note. Whether the log signed is not asked here.
     *
     * @param atLeast how many must have signed
     * @param witnesses the witnesses that count
     * @return whether so many did, and none of their signatures is wrong
     * @throws IllegalArgumentException if {@code atLeast} is below 1, or above the number of different keys
     */
    public Verdict verifyCosignatures(int atLeast, CosignatureVerifier... witnesses) {
        return Cosignatures.verify(this, atLeast, witnesses);
    }

    byte[] textBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String nobodyKnown(NoteVerifier... verifiers) {
        String signers = signatures.stream().map(NoteSignature::toString).collect(joining(", "));
        String expected = List.of(verifiers).stream()
                .map(v -> v.name() + "+" + HexFormat.of().toHexDigits(v.keyId()))
                .collect(joining(" or "));
        return "signed by " + signers + ", expected "
                + (expected.isEmpty() ? "a known key, but none was given" : expected);
    }

    /**
     * The whole note, with its signatures.
     *
     * @return the text that {@link #parse(String)} reads
     */
    public String toText() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(signature -> note.append(signature.toText()));
        return note.toString();
    }

    /**
     * The whole note in UTF-8.
     *
     * @return the bytes that {@link #parse(byte[])} reads
     */
    public byte[] bytes() {
        return toText().getBytes(StandardCharsets.UTF_8);
    }
}
