package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What was last seen of a peer's log: a checkpoint, and of its tree as much as is needed to append to it. The tree of a
 * later checkpoint is then known to extend this one if appending the leaf hashes in between leads to its root, which at
 * once proves that they are the log's. Immutable.
 */
final class SeenLog {

    private static final long FORMAT = 1;

    private final TrustedCheckpoint checkpoint;
    private final CompactRange range;

    private SeenLog(TrustedCheckpoint checkpoint, CompactRange range) {
        this.checkpoint = checkpoint;
        this.range = range;
    }

    /**
     * A log that is seen for the first time, by the roots of its complete subtrees.
     *
     * @throws RefutedException if they don't lead to the checkpoint's root
     */
    static SeenLog first(TrustedCheckpoint checkpoint, CompactRange range) {
        requireRoot(checkpoint, range).orThrow();
        return new SeenLog(checkpoint, range.copy());
    }

    private static Verdict requireRoot(TrustedCheckpoint checkpoint, CompactRange range) {
        return range.size() == checkpoint.size() && range.root().equals(checkpoint.root())
                ? Verdict.proven()
                : Verdict.refuted("the tiles of " + checkpoint.origin() + " lead to root " + range.root() + " at size "
                        + range.size() + ", its checkpoint has " + checkpoint.root() + " at " + checkpoint.size());
    }

    TrustedCheckpoint checkpoint() {
        return checkpoint;
    }

    long size() {
        return checkpoint.size();
    }

    /**
     * The log as it has grown.
     *
     * @param later a later checkpoint of the log
     * @param leaves the leaf hashes between the two
     * @throws RefutedException if the later tree doesn't extend this one by just these leaves
     */
    SeenLog extended(TrustedCheckpoint later, List<Hash> leaves) {
        CompactRange longer = range.copy();
        leaves.forEach(longer::append);
        requireRoot(later, longer).orThrow();
        return new SeenLog(later, longer);
    }

    byte[] bytes() {
        List<String> subtrees = range.subtrees().stream().map(Hash::toString).toList();
        return CanonicalJson.encode(JsonObject.builder()
                .put("checkpoint", new String(checkpoint.note().bytes(), StandardCharsets.UTF_8))
                .put("format", FORMAT)
                .put("subtrees", JsonArray.ofStrings(subtrees))
                .build());
    }

    /**
     * Reads what was saved.
     *
     * @throws IllegalArgumentException if it is damaged
     * @throws RefutedException if it isn't of the key's log
     */
    static SeenLog parse(byte[] bytes, NoteVerifier logKey) {
        JsonObject json = StrictJson.parseObject(bytes, "what was seen of " + logKey.name());
        json.only("checkpoint", "format", "subtrees");
        if (json.integer("format") != FORMAT) {
            throw new IllegalArgumentException("format is " + json.integer("format") + ", expected " + FORMAT);
        }
        TrustedCheckpoint checkpoint = TrustedCheckpoint.verify(SignedNote.parse(json.string("checkpoint")), logKey);
        List<Hash> subtrees = new ArrayList<>(
                json.array("subtrees").strings().stream().map(Hash::parse).toList());
        if (subtrees.size() != Long.bitCount(checkpoint.size())) {
            throw new IllegalArgumentException("there are " + subtrees.size() + " subtrees, expected "
                    + Long.bitCount(checkpoint.size()) + " for size " + checkpoint.size());
        }
        Collections.reverse(subtrees);
        var next = subtrees.iterator();
        return first(checkpoint, CompactRange.of(checkpoint.size(), nodes -> List.of(next.next())));
    }
}
