package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Names;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.OutputFile;
import io.vaultmesh.examples.cli.shared.Reports;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh audit report}. */
@Command(
        name = "report",
        description = "Audits a memory as `audit verify` does, and writes the report for those who read it later.",
        footer = {"", "Example:", "  vaultmesh audit report --memory memory --format junit --out audit.xml"})
final class AuditReportVerb implements Callable<Integer> {

    @Mixin
    private Audit audit;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            converter = FormatConverter.class,
            description = "The form of the report: text, json, markdown or junit. Default: text")
    private @Nullable Format format;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file for it. Default: the standard output")
    private @Nullable Path file;

    @Mixin
    private Output output;

    /** The forms in which a report prints itself. */
    private enum Format {
        TEXT,
        JSON,
        MARKDOWN,
        JUNIT;

        String print(Report report) {
            return switch (this) {
                case TEXT -> report.toText();
                case JSON -> report.toJson();
                case MARKDOWN -> report.toMarkdown();
                case JUNIT -> report.toJUnitXml();
            };
        }
    }

    private static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String value) {
            return Names.find(Format.class, value);
        }
    }

    @Override
    public Integer call() {
        if (file == null && format != null && output.isJson()) {
            throw new IllegalArgumentException(
                    "--format and --json ask for two forms on one output, expected one of the"
                            + " two, or --out with a file for the report");
        }
        Report report = audit.run(output);
        String text = (format == null ? Format.TEXT : format).print(report);
        if (file == null) {
            output.print(Reports.json(report), text);
        } else {
            OutputFile.write(text.getBytes(StandardCharsets.UTF_8), file);
            JsonObject.Builder json = JsonObject.builder()
                    .put("title", report.title())
                    .put("passed", report.passed())
                    .put("holds", report.passed())
                    .put("file", file.toString());
            if (!report.passed()) {
                json.put("reason", Reports.reason(report));
            }
            output.print(json.build(), "written   " + file + "\npassed    " + report.passed() + "\n");
        }
        return report.passed() ? ExitCode.GOOD : ExitCode.REFUTED;
    }
}
