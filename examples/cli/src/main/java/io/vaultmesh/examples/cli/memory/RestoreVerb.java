package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Reports;
import io.vaultmesh.remembrancer.Remembrancer;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh memory restore}. */
@Command(
        name = "restore",
        description = "Copies a backup to where a memory is to be, if an audit of it finds nothing.",
        footer = {"", "Example:", "  vaultmesh memory restore memory-2026-11-27.zip --memory memory"})
final class RestoreVerb implements Runnable {

    @Parameters(paramLabel = "FILE|DIR", description = "The backup.")
    private Path backup;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (Files.notExists(backup)) {
            throw new IllegalArgumentException(backup + " is not there, expected a backup");
        }
        Path target = memory.directory();
        Report audit = Files.isRegularFile(backup)
                ? BackupArchive.read(backup, directory -> Remembrancer.restore(directory, target))
                : Remembrancer.restore(backup, target);
        output.print(
                JsonObject.builder()
                        .put("directory", target.toString())
                        .put("backup", backup.toString())
                        .put("checks", Reports.checks(audit))
                        .build(),
                "restored  " + target + "\n" + audit.toText());
    }
}
