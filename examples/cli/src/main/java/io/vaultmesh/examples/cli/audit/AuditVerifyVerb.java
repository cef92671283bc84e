package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.remembrancer.Remembrancer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code vaultmesh audit verify}. */
@Command(name = "verify", description = "Replays a memory from its files and checks all that it claims.")
final class AuditVerifyVerb implements Callable<Integer> {

    @Mixin
    private MemoryOption memory;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How to print the report: text, json, markdown or junit. Default: text")
    private Format format;

    @Spec
    private CommandSpec command;

    /** The forms in which a report prints itself; named as the option's values are. */
    enum Format {
        text,
        json,
        markdown,
        junit;

        String print(Report report) {
            return switch (this) {
                case text -> report.toText();
                case json -> report.toJson();
                case markdown -> report.toMarkdown();
                case junit -> report.toJUnitXml();
            };
        }
    }

    @Override
    public Integer call() {
        Report report;
        try (Remembrancer open = memory.open()) {
            report = open.verifyAudit();
        }
        command.commandLine().getOut().print(format.print(report));
        return report.passed() ? ExitCode.GOOD : ExitCode.REFUTED;
    }
}
