package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Names;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Text;
import io.vaultmesh.remembrancer.memory.Incident;
import io.vaultmesh.remembrancer.memory.Incident.Severity;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh memory record incident}. */
@Command(
        name = "incident",
        description = "Records that something went wrong.",
        footer = {
            "",
            "Example:",
            "  vaultmesh memory record incident --memory memory --title \"Disk full\" --severity high"
        })
final class RecordIncidentVerb implements Runnable {

    @Mixin
    private Recording recording;

    @Mixin
    private Text text;

    @Option(
            names = "--severity",
            paramLabel = "S",
            defaultValue = "medium",
            converter = SeverityConverter.class,
            description = "How bad it was: low, medium, high or critical. Default: medium")
    private Severity severity;

    @Mixin
    private Output output;

    @Override
    public void run() {
        recording.record(Incident.of(text.title(), severity, text.bodyOrTitle()), output);
    }

    private static final class SeverityConverter implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String value) {
            return Names.find(Severity.class, value);
        }
    }
}
