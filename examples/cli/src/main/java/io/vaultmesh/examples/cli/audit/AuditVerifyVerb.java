package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Reports;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh audit verify}. */
@Command(
        name = "verify",
        description = "Replays a memory from its files, and names each thing that it claims and that doesn't hold.",
        footer = {"", "Example:", "  vaultmesh audit verify --memory memory"})
final class AuditVerifyVerb implements Callable<Integer> {

    @Mixin
    private Audit audit;

    @Mixin
    private Output output;

    @Override
    public Integer call() {
        Report report = audit.run(output);
        output.print(Reports.json(report), report.toText());
        return report.passed() ? ExitCode.GOOD : ExitCode.REFUTED;
    }
}
