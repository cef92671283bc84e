package io.vaultmesh.examples.cli.spawn;

import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.manifest.Drift;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.manifest.TreeDiff;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh spawn drift}. */
@Command(
        name = "drift",
        description = "Names each file of a service that is not as it was generated.",
        footer = {"", "Example:", "  vaultmesh spawn drift services/ledger"})
final class DriftVerb implements Callable<Integer> {

    @Parameters(paramLabel = "DIR", description = "The service's directory.")
    private Path directory;

    @Mixin
    private Output output;

    static void requireSpawned(Path directory) {
        Path unused = InputFile.existing(
                Manifest.PATH.in(directory),
                "the manifest of a service that was spawned; DIR is the service's directory");
    }

    @Override
    public Integer call() {
        requireSpawned(directory);
        Drift drift = Spawner.builder().build().drift(directory);
        TreeDiff files = drift.files();
        files.modified().forEach(change -> print("modified", change.path().value(), change.how()));
        files.missing().forEach(path -> print("missing", path.value(), ""));
        files.extra().forEach(path -> print("extra", path, ""));
        drift.seal().checks(Outcome.FAIL).forEach(check -> print("seal", check.name(), check.detail()));
        JsonObject.Builder json =
                JsonObject.builder().put("unchanged", files.unchanged().size()).put("holds", drift.isEmpty());
        if (!drift.isEmpty()) {
            json.put("reason", directory + " is not as it was generated");
        }
        output.print(json.build(), files.unchanged().size() + " files unchanged\n");
        return drift.isEmpty() ? ExitCode.GOOD : ExitCode.REFUTED;
    }

    private void print(String state, String path, String how) {
        JsonObject.Builder json = JsonObject.builder().put("state", state).put("path", path);
        if (!how.isEmpty()) {
            json.put("how", how);
        }
        output.print(json.build(), String.format("%-9s %s%s\n", state, path, how.isEmpty() ? "" : " (" + how + ")"));
    }
}
