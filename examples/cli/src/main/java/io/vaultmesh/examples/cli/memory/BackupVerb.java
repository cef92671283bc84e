package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh memory backup}. */
@Command(
        name = "backup",
        description = "Copies a memory, with its private keys, to a new directory or .zip file.",
        footer = {"", "Example:", "  vaultmesh memory backup memory-2026-11-27.zip --memory memory"})
final class BackupVerb implements Runnable {

    @Parameters(paramLabel = "FILE|DIR", description = "A new file that ends in .zip, or a new directory.")
    private Path target;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (Remembrancer open = memory.open()) {
            if (BackupArchive.isNamed(target)) {
                BackupArchive.write(target, open::backup);
            } else {
                open.backup(target);
            }
            TrustedCheckpoint main = open.checkpoint();
            output.print(
                    JsonObject.builder()
                            .put("memory", open.name())
                            .put("backup", target.toString())
                            .put("size", main.size())
                            .put("root", main.root().toString())
                            .build(),
                    "written   " + target + "\nmemory    " + open.name() + "\nsize      " + main.size() + "\nroot      "
                            + main.root() + "\n");
        }
    }
}
