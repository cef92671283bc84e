package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.examples.cli.shared.Authorities;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh artifact timestamp}. */
@Command(
        name = "timestamp",
        description =
                "Has an artifact stamped, and FILE.asc if it is there: writes .tsq and .tsr beside each, and records.",
        footer = {
            "",
            "Example:",
            "  vaultmesh artifact timestamp ledger.jar --memory memory --authority https://tsa.example/tsr"
        })
final class ArtifactTimestampVerb implements Runnable {

    @Mixin
    private Artifact artifact;

    @Mixin
    private Authorities authorities;

    @Mixin
    private Beside beside;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Path file = artifact.file();
        try (Remembrancer memory = authorities.open(artifact.memory())) {
            beside.requireOwnStamps(file, artifact.namespace(memory));
            artifact.in(memory).timestamp(file).forEach(this::print);
        }
    }

    private void print(Receipt receipt) {
        MemoryRecord record = receipt.record();
        String stamped = record.subjects().get(0).name();
        String time = record.predicate().attributes().get("genTime") instanceof JsonString at ? at.value() : "";
        output.print(
                JsonObject.builder()
                        .put("stamped", stamped)
                        .put("time", time)
                        .put("id", receipt.id().toString())
                        .put("index", receipt.index())
                        .build(),
                "stamped   " + stamped + " at " + time + "\nid        " + receipt.id() + "\nindex     "
                        + receipt.index() + "\n");
    }
}
