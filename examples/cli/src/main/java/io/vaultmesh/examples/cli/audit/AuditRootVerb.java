package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.remembrancer.Remembrancer;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code vaultmesh audit root}. */
@Command(name = "root", description = "Shows the log's origin, size, root hash and verifier key.")
final class AuditRootVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        try (Remembrancer open = memory.open()) {
            TrustedCheckpoint checkpoint = open.checkpoint();
            out.println("origin    " + checkpoint.origin());
            out.println("size      " + checkpoint.size());
            out.println("root      " + checkpoint.root());
            out.println("vkey      " + open.verifier().toText());
        }
    }
}
