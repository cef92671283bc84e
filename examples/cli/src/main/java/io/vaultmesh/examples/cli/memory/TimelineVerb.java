package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.remembrancer.Remembrancer;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vaultmesh memory timeline}. */
@Command(name = "timeline", description = "Lists all records, the oldest first: time, kind, id, title.")
final class TimelineVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        try (Remembrancer open = memory.open()) {
            open.timeline()
                    .forEach(record -> out.println(record.predicate().at() + "  "
                            + record.kind().label() + "  " + record.id() + "  " + record.title()));
        }
    }
}
