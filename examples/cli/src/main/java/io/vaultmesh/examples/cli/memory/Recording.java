package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the verbs below {@code memory record} have in common. */
final class Recording {

    @Mixin
    private MemoryOption memory;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    /** Records; the caller has read all its files by now, so that a missing one doesn't create a memory. */
    void record(Memory<?> what) {
        PrintWriter out = command.commandLine().getOut();
        try (Remembrancer open = memory.openOrCreate()) {
            if (open.created()) {
                out.println("created   memory " + open.name());
            }
            Receipt receipt = open.record(what);
            out.println("recorded  " + what);
            out.println("id        " + receipt.id());
            out.println("index     " + receipt.index());
        }
    }
}
