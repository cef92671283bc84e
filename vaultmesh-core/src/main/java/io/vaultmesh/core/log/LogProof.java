package io.vaultmesh.core.log;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.InclusionProof;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A proof that travels alone: that an entry is in a log, with the signed checkpoint that it leads to (C2SP tlog-proof,
 * files ending in {@code .tlog-proof}). To verify it takes the entry and the log's key, no log and no network.
 *
 * <p>Immutable and thread-safe.
 *
 * @param index the entry's index in the log
 * @param hashes the inclusion proof, the leaf's sibling first; the list is copied
 * @param checkpoint the signed checkpoint, not verified
 * @param extra data that the log attached, as standard Base64; it is not covered by any signature
 */
public record LogProof(long index, List<Hash> hashes, SignedNote checkpoint, Optional<String> extra) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final int MAX_HASHES = 63;

    /**
     * Creates a proof.
     *
     * @param index the entry's index in the log
     * @param hashes the inclusion proof, the leaf's sibling first; the list is copied
     * @param checkpoint the signed checkpoint, not verified
     * @param extra data that the log attached, as standard Base64; it is not covered by any signature
     * @throws IllegalArgumentException if the index is negative, there are more than 63 hashes, or the extra data is not
     *     canonical Base64
     */
    public LogProof {
        hashes = List.copyOf(hashes);
        requireNonNull(checkpoint, "checkpoint");
        extra.ifPresent(LogProof::requireCanonicalBase64);
        if (index < 0) {
            throw malformed("index " + index + ", expected at least 0");
        }
        if (hashes.size() > MAX_HASHES) {
            throw malformed(hashes.size() + " hashes, expected at most " + MAX_HASHES);
        }
    }

    /**
     * Whether an entry is in the log.
     *
     * @param entry the entry's bytes
     * @param logKey the log's key
     * @return whether the key signed the checkpoint, and the entry is in its tree at {@link #index()}
     */
    public Verdict verify(byte[] entry, NoteVerifier logKey) {
        return verify(MerkleTree.leafHash(entry), logKey);
    }

    /**
     * Whether a leaf is in the log.
     *
     * @param leafHash the hash of the entry's leaf
     * @param logKey the log's key
     * @return whether the key signed the checkpoint, and the leaf is in its tree at {@link #index()}
     */
    public Verdict verify(Hash leafHash, NoteVerifier logKey) {
        try {
            TrustedCheckpoint trusted = TrustedCheckpoint.verify(checkpoint, logKey);
            return trusted.includes(new InclusionProof(index, trusted.size(), hashes), leafHash);
        } catch (RefutedException | IllegalArgumentException e) {
            return Verdict.refuted(String.valueOf(e.getMessage()));
        }
    }

    /**
     * The proof as text.
     *
     * @return the text that {@link #parse} reads
     */
    public String toText() {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        extra.ifPresent(data -> text.append("extra ").append(data).append('\n'));
        text.append("index ").append(index).append('\n');
        hashes.forEach(hash -> text.append(hash.toBase64()).append('\n'));
        return text.append('\n').append(checkpoint.toText()).toString();
    }

    /**
     * Reads a proof.
     *
     * @param text the text of a {@code .tlog-proof} file
     * @return the proof, not verified
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static LogProof parse(String text) {
        int blank = text.indexOf("\n\n");
        if (blank < 0) {
            throw malformed("no empty line before the checkpoint");
        }
        List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
        if (!lines.get(0).equals(HEADER)) {
            throw malformed("first line \"" + lines.get(0) + "\", expected " + HEADER);
        }
        int next = 1;
        Optional<String> extra = Optional.empty();
        if (next < lines.size() && lines.get(next).startsWith("extra ")) {
            extra = Optional.of(lines.get(next++).substring(6));
        }
        if (next == lines.size() || !lines.get(next).matches("index (0|[1-9][0-9]{0,18})")) {
            throw malformed("no line \"index <decimal>\"");
        }
        long index = parseIndex(lines.get(next++).substring(6));
        List<Hash> hashes = new ArrayList<>();
        for (String line : lines.subList(next, lines.size())) {
            hashes.add(Hash.parseBase64(line));
        }
        return new LogProof(index, hashes, SignedNote.parse(text.substring(blank + 2)), extra);
    }

    private static long parseIndex(String decimal) {
        try {
            return Long.parseLong(decimal);
        } catch (NumberFormatException e) {
            throw malformed("index " + decimal + " is beyond 2^63 - 1");
        }
    }

    private static void requireCanonicalBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw malformed("extra data that is not Base64");
        }
        if (!Base64.getEncoder().encodeToString(bytes).equals(text)) {
            throw malformed("extra data that is not canonical Base64");
        }
    }

    private static IllegalArgumentException malformed(String what) {
        return new IllegalArgumentException("not a tlog-proof: " + what);
    }
}
