package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.Output;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh log verify}. */
@Command(
        name = "verify",
        description = "Verifies a proof or a checkpoint with the log's public key, without the log.",
        footer = {
            "",
            "FILE is what `log prove`, `log consistency` or `log checkpoint` printed. A consistency proof leads from",
            "one checkpoint to another, which --old and --new name.",
            "",
            "Example:",
            "  vaultmesh log verify 3.tlog-proof --vkey \"$vkey\""
        })
final class LogVerifyVerb implements Runnable {

    private static final int MOST_BYTES = 1 << 20;

    @Parameters(paramLabel = "FILE", description = "The proof or checkpoint.")
    private Path file;

    @Option(
            names = "--vkey",
            required = true,
            paramLabel = "VKEY",
            description = "The log's key, as `log init` shows it.")
    private String vkey;

    @Option(
            names = "--entry",
            paramLabel = "FILE",
            description = "The entry that is to be proven. Default: the one that the proof has with it")
    private @Nullable Path entry;

    @Option(names = "--old", paramLabel = "FILE", description = "The checkpoint that a consistency proof begins at.")
    private @Nullable Path oldCheckpoint;

    @Option(names = "--new", paramLabel = "FILE", description = "The checkpoint that a consistency proof leads to.")
    private @Nullable Path newCheckpoint;

    @Mixin
    private Output output;

    @Override
    public void run() {
        NoteVerifier logKey = NoteVerifier.of(vkey);
        String text = text(file);
        if (text.startsWith("c2sp.org/tlog-proof")) {
            verifyInclusion(parsed(file, () -> LogProof.parse(text)), logKey);
        } else if (text.startsWith(ConsistencyText.FIRST_WORD)) {
            verifyConsistency(parsed(file, () -> ConsistencyText.parse(text)), logKey);
        } else {
            print("checkpoint", checkpoint(file, logKey), JsonObject.builder(), "");
        }
    }

    private void verifyInclusion(LogProof proof, NoteVerifier logKey) {
        byte[] bytes = entry == null ? entryOf(proof) : InputFile.bytes(entry, LogEntry.MAX_LENGTH);
        require(proof.verify(bytes, logKey));
        print(
                "inclusion",
                TrustedCheckpoint.verify(proof.checkpoint(), logKey),
                JsonObject.builder()
                        .put("index", proof.index())
                        .put("leafHash", MerkleTree.leafHash(bytes).toString()),
                "entry " + proof.index() + " is in ");
    }

    private static byte[] entryOf(LogProof proof) {
        return Base64.getDecoder().decode(proof.extra().orElse("")); // without one, it is the empty entry
    }

    private void verifyConsistency(ConsistencyProof proof, NoteVerifier logKey) {
        if (oldCheckpoint == null || newCheckpoint == null) {
            throw new IllegalArgumentException(
                    file + " is a consistency proof, expected --old and --new with the two checkpoints");
        }
        TrustedCheckpoint older = checkpoint(oldCheckpoint, logKey);
        TrustedCheckpoint newer = checkpoint(newCheckpoint, logKey);
        require(newer.continues(older, proof));
        print(
                "consistency",
                newer,
                JsonObject.builder().put("oldSize", older.size()),
                "the tree of size " + older.size() + " is a prefix of ");
    }

    private TrustedCheckpoint checkpoint(Path from, NoteVerifier logKey) {
        String text = text(from);
        return parsed(from, () -> TrustedCheckpoint.verify(SignedNote.parse(text), logKey));
    }

    private void require(Verdict verdict) {
        verdict.reason().ifPresent(reason -> {
            throw new RefutedException(file + " is refuted: " + reason);
        });
    }

    private void print(String what, TrustedCheckpoint checkpoint, JsonObject.Builder more, String holds) {
        output.print(
                more.put("what", what)
                        .put("holds", true)
                        .put("origin", checkpoint.origin())
                        .put("size", checkpoint.size())
                        .put("root", checkpoint.root().toString())
                        .build(),
                "holds: " + holds + checkpoint.origin() + " at size " + checkpoint.size() + " with root "
                        + checkpoint.root() + "\n");
    }

    private static String text(Path from) {
        return new String(InputFile.bytes(from, MOST_BYTES), StandardCharsets.UTF_8);
    }

    /** Damage that breaks a file's form is no other finding than damage that breaks a signature. */
    private static <T> T parsed(Path from, Supplier<T> parser) {
        try {
            return parser.get();
        } catch (RefutedException | IllegalArgumentException e) {
            throw new RefutedException(from + " is refuted: " + e.getMessage());
        }
    }
}
