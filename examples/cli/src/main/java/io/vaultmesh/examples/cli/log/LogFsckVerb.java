package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh log fsck}. */
@Command(
        name = "fsck",
        description = "Checks every published byte of a log against its signed checkpoint.",
        footer = {"", "Example:", "  vaultmesh log fsck builds --vkey \"$vkey\""})
final class LogFsckVerb implements Callable<Integer> {

    @Mixin
    private LogPlace place;

    @Option(
            names = "--vkey",
            required = true,
            paramLabel = "VKEY",
            description = "The log's key, as `log init` shows it.")
    private String vkey;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Report report = place.read(NoteVerifier.of(vkey)).fsck();
        boolean good =
                report.passed() || (place.isAddress() && !report.failed()); // a web server doesn't list its files
        output.print(Reports.json(report, good), report.toText());
        return good ? ExitCode.GOOD : ExitCode.REFUTED;
    }
}
