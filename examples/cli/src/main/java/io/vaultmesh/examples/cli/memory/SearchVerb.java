package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.remembrancer.Page;
import io.vaultmesh.remembrancer.Remembrancer;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vaultmesh memory search}. */
@Command(
        name = "search",
        description = "Lists the records that have all the words, the best first: time, kind, id, title.")
final class SearchVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Option(names = "--most", paramLabel = "N", defaultValue = "20", description = "How many are listed at most.")
    private int most;

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "What is searched for.")
    private String[] words;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        try (Remembrancer open = memory.open()) {
            Page page = open.query(String.join(" ", words)).limit(most).page();
            page.forEach(
                    hit -> out.println(hit.at() + "  " + hit.kind().label() + "  " + hit.id() + "  " + hit.title()));
        }
    }
}
