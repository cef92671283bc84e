package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Text;
import io.vaultmesh.remembrancer.memory.Incident;
import io.vaultmesh.remembrancer.memory.Incident.Severity;
import java.util.Arrays;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code vaultmesh memory record incident}. */
@Command(name = "incident", description = "Records that something went wrong.")
final class RecordIncidentVerb implements Runnable {

    @Mixin
    private Recording recording;

    @Mixin
    private Text text;

    @Option(
            names = "--severity",
            required = true,
            paramLabel = "S",
            converter = SeverityConverter.class,
            description = "How bad it was: low, medium, high or critical.")
    private Severity severity;

    @Override
    public void run() {
        recording.record(Incident.of(text.title(), severity, text.body()));
    }

    private static final class SeverityConverter implements ITypeConverter<Severity> {
        @Override
        public Severity convert(String value) {
            return Arrays.stream(Severity.values())
                    .filter(severity -> severity.name().equalsIgnoreCase(value))
                    .findFirst()
                    .orElseThrow(() -> new TypeConversionException(
                            "expected low, medium, high or critical, but was '" + value + "'"));
        }
    }
}
