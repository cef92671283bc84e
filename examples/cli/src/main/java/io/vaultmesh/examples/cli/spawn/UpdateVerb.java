package io.vaultmesh.examples.cli.spawn;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.update.FileUpdate;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import io.vaultmesh.spawn.update.FileVersion;
import io.vaultmesh.spawn.update.UpdateOptions;
import io.vaultmesh.spawn.update.UpdateReport;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh spawn update}. */
@Command(
        name = "update",
        description = "Merges today's templates into a service, and keeps what was changed there.",
        footer = {"", "Example:", "  vaultmesh spawn update services/ledger --dry-run"})
final class UpdateVerb implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The service's directory.")
    private Path directory;

    @Option(names = "--dry-run", description = "Writes nothing; shows what would be done.")
    private boolean isDryRun;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        UpdateReport report = Spawner.builder().build().update(directory, new UpdateOptions(isDryRun));
        report.files().stream()
                .filter(file -> file.outcome() != Outcome.UNCHANGED)
                .forEach(this::print);
        int unchanged = report.files(Outcome.UNCHANGED).size();
        output.print(
                JsonObject.builder()
                        .put("unchanged", unchanged)
                        .put("conflicts", report.files(Outcome.CONFLICT).size())
                        .put("manifest", report.newManifest().toString())
                        .build(),
                unchanged + " files unchanged\n");
        return report.hasConflicts() ? ExitCode.REFUTED : ExitCode.GOOD;
    }

    private void print(FileUpdate file) {
        JsonObject.Builder json = JsonObject.builder()
                .put("outcome", file.outcome().toString())
                .put("path", file.at().value());
        file.before().map(FileVersion::hash).ifPresent(hash -> json.put("before", hash.toString()));
        file.after().map(FileVersion::hash).ifPresent(hash -> json.put("after", hash.toString()));
        if (!file.note().isEmpty()) {
            json.put("note", file.note());
        }
        output.print(json.build(), file + "\n");
    }
}
