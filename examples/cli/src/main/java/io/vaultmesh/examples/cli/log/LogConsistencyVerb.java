package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.merkle.ConsistencyProof;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.examples.cli.shared.Output;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh log consistency}. */
@Command(
        name = "consistency",
        description = "Proves that a log at one size is a prefix of the log at another: nothing was rewritten between.",
        footer = {"", "Example:", "  vaultmesh log consistency builds 3 7 > 3-to-7"})
final class LogConsistencyVerb implements Runnable {

    @Mixin
    private LogPlace place;

    @Parameters(index = "1", paramLabel = "M", description = "The smaller size, from 1.")
    private long oldSize;

    @Parameters(index = "2", paramLabel = "N", description = "The larger size, up to that of the newest checkpoint.")
    private long newSize;

    @Option(names = "--vkey", paramLabel = "VKEY", description = "The log's key. Default: that of the private key")
    private @Nullable String vkey;

    @Mixin
    private Output output;

    @Override
    public void run() {
        LogReader log = vkey == null ? place.readAsKeeper() : place.read(NoteVerifier.of(vkey));
        ConsistencyProof proof = log.proveConsistency(oldSize, newSize);
        output.print(
                JsonObject.builder()
                        .put("origin", log.origin())
                        .put("oldSize", proof.oldSize())
                        .put("newSize", proof.newSize())
                        .put(
                                "hashes",
                                JsonArray.ofStrings(proof.hashes().stream()
                                        .map(Hash::toString)
                                        .toList()))
                        .build(),
                ConsistencyText.format(proof));
    }
}
