package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.federation.merge.CanonicalUnion;
import io.vaultmesh.federation.merge.MergeFiles;
import io.vaultmesh.federation.merge.MergeReceipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh federation merge}. */
@Command(
        name = "merge",
        description =
                "Merges two lists of events as the original system does (jcs-canonical-union-v1), and signs a receipt.",
        footer = {
            "",
            "Records of a memory are never merged by this: `sync` does that.",
            "",
            "Example:",
            "  vaultmesh federation merge left.json right.json --out merged.json --receipt receipt.json --key author.key"
        })
final class FederationMergeVerb implements Runnable {

    private static final int MOST_BYTES = 4096;

    @Parameters(index = "0", paramLabel = "LEFT", description = "A list of events, as a JSON array.")
    private Path left;

    @Parameters(index = "1", paramLabel = "RIGHT", description = "Another one.")
    private Path right;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the merged list is written; replaced if it is there.")
    private Path merged;

    @Option(
            names = "--receipt",
            required = true,
            paramLabel = "FILE",
            description = "Where the signed receipt is written; replaced if it is there.")
    private Path receipt;

    @Option(
            names = "--key",
            required = true,
            paramLabel = "FILE",
            description = "The Ed25519 private key that signs, as a memory's keys/author.key.")
    private Path key;

    @Mixin
    private Output output;

    @Override
    public void run() {
        MergeFiles files = new MergeFiles(InputFile.existing(left), InputFile.existing(right), merged, receipt);
        EnvelopeSigner signer = EnvelopeSigner.ed25519(key());
        MergeReceipt signed = CanonicalUnion.merge(files, signer, InstantSource.system());
        long events = signed.envelope().statement().predicate().integer("events_replayed");
        output.print(
                JsonObject.builder()
                        .put("merged", merged.toString())
                        .put("receipt", receipt.toString())
                        .put("events", events)
                        .put("leftHead", signed.leftHead().toString())
                        .put("rightHead", signed.rightHead().toString())
                        .put("mergedHead", signed.mergedHead().toString())
                        .put("signer", signer.keyId())
                        .build(),
                "merged    " + merged + "\nreceipt   " + receipt + "\nevents    " + events + "\nhead      "
                        + signed.mergedHead() + "\nsigner    " + signer.keyId() + "\n");
    }

    private Ed25519PrivateKey key() {
        String text = new String(InputFile.bytes(key, MOST_BYTES), StandardCharsets.UTF_8);
        try {
            return NoteKeys.parsePrivateKey(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
        }
    }
}
