package io.vaultmesh.examples.cli.spawn;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.update.FileUpdate;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import io.vaultmesh.spawn.update.FileVersion;
import io.vaultmesh.spawn.update.UpdateOptions;
import io.vaultmesh.spawn.update.UpdateRefusedException;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
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
        DriftVerb.requireSpawned(directory);
        try {
            return print(Spawner.builder().build().update(directory, new UpdateOptions(isDryRun)));
        } catch (UpdateRefusedException e) {
            if (e.reason() != Reason.BASE_DAMAGED && e.reason() != Reason.UNRESOLVED) {
                throw e;
            }
            String reason = String.valueOf(e.getMessage());
            output.print(
                    JsonObject.builder()
                            .put("holds", false)
                            .put("reason", reason)
                            .build(),
                    "refused: " + reason + "\n");
            return ExitCode.REFUTED;
        }
    }

    private int print(UpdateReport report) {
        if (!report.note().isEmpty()) {
            output.print(JsonObject.builder().put("note", report.note()).build(), report.note() + "\n");
        }
        report.files().stream()
                .filter(file -> file.outcome() != Outcome.UNCHANGED)
                .forEach(this::print);
        int unchanged = report.files(Outcome.UNCHANGED).size();
        int conflicts = report.files(Outcome.CONFLICT).size();
        JsonObject.Builder json = JsonObject.builder()
                .put("unchanged", unchanged)
                .put("conflicts", conflicts)
                .put("manifest", report.newManifest().toString())
                .put("holds", conflicts == 0);
        if (conflicts > 0) {
            json.put("reason", conflicts == 1 ? "1 file is in conflict" : conflicts + " files are in conflict");
        }
        output.print(json.build(), unchanged + " files unchanged\n");
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
