package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.examples.cli.shared.Output;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh log checkpoint}. */
@Command(
        name = "checkpoint",
        description = "Publishes whatever isn't published yet, and prints the signed checkpoint over all of it.",
        footer = {"", "Example:", "  vaultmesh log checkpoint builds > checkpoint-to-keep"})
final class LogCheckpointVerb implements Runnable {

    @Parameters(paramLabel = "DIR", description = "The log's directory.")
    private Path directory;

    @Mixin
    private LogKeyOption key;

    @Mixin
    private Output output;

    @Override
    public void run() {
        TrustedCheckpoint checkpoint;
        try (MerkleLog log = key.open(directory)) {
            log.publish();
            checkpoint = log.checkpoint();
        }
        String note = checkpoint.note().toText();
        output.print(
                JsonObject.builder()
                        .put("origin", checkpoint.origin())
                        .put("size", checkpoint.size())
                        .put("root", checkpoint.root().toString())
                        .put("checkpoint", note)
                        .build(),
                note);
    }
}
