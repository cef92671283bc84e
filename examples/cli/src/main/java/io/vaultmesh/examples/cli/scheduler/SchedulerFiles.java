package io.vaultmesh.examples.cli.scheduler;

import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.ConfigEvent;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.SchedulerBuilder;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --memory DIR --config FILE --anchors FILE}. */
final class SchedulerFiles {

    @Mixin
    private MemoryOption memory;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "What is anchored, how often, and where: namespaces.yaml.")
    private Path namespaces;

    @Option(
            names = "--anchors",
            paramLabel = "FILE",
            description = "What the targets are. Default: anchors.yaml beside the other file")
    private @Nullable Path anchors;

    Remembrancer open() {
        return memory.open();
    }

    /** A scheduler of what the files say. */
    SchedulerBuilder builder(Remembrancer open, Consumer<ConfigEvent> listener) {
        Path targets = anchors == null ? namespaces.toAbsolutePath().resolveSibling("anchors.yaml") : anchors;
        return Scheduler.builder(open)
                .files(existing(namespaces, "--config"), existing(targets, "--anchors"))
                .configListener(listener);
    }

    private static Path existing(Path file, String option) {
        return InputFile.existing(file, "a file; " + option + " says where it is");
    }
}
