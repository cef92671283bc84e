package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Moment;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Records;
import io.vaultmesh.remembrancer.Hit;
import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.NamespaceReader;
import io.vaultmesh.remembrancer.index.Timeline;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.time.Instant;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh memory timeline}. */
@Command(
        name = "timeline",
        description = "Lists all records, the oldest first, as they are logged: time, kind, id, title.",
        footer = {"", "Example:", "  vaultmesh memory timeline --memory memory --since 2026-11-01"})
final class TimelineVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Leaves out what is earlier than this day (UTC), or time with an offset.")
    private @Nullable Instant since;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Timeline part = since == null ? Timeline.all() : Timeline.all().since(since);
        try (MemoryReader open = memory.read();
                Stream<MemoryRecord> records = records(namespace.of(open), part)) {
            records.forEach(record -> Records.print(record, output));
        }
    }

    /** What the index finds is read from the log again: a list shows nothing that isn't logged. */
    private static Stream<MemoryRecord> records(NamespaceReader from, Timeline part) {
        return part.since().isEmpty() ? from.timeline() : from.timeline(part).map(Hit::record);
    }
}
