package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.MemoryReader;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh memory query}. */
@Command(
        name = "query",
        description = "Lists the records that have all the words, the best first: time, kind, id, title.",
        footer = {"", "Example:", "  vaultmesh memory query --memory memory ledger postgres"})
final class QueryVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private Listing listing;

    @Parameters(arity = "1..*", paramLabel = "TEXT", description = "The words that are searched for.")
    private String[] words;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (MemoryReader open = memory.read()) {
            listing.print(namespace.of(open).query(String.join(" ", words)), output);
        }
    }
}
