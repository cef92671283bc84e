package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Progress;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh memory reindex}. */
@Command(
        name = "reindex",
        description = "Makes the index anew from the log: what is searched, and proves nothing.",
        footer = {"", "Example:", "  vaultmesh memory reindex --memory memory"})
final class ReindexVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private Output output;

    private long records;

    @Override
    public void run() {
        Namespace indexed = reindex();
        output.print(
                JsonObject.builder()
                        .put("namespace", indexed.name().value())
                        .put("records", records)
                        .build(),
                "indexed   " + records + " records of " + indexed.name() + "\n");
    }

    private Namespace reindex() {
        try (Progress progress = Progress.of("indexed", output);
                Remembrancer open = Remembrancer.builder(memory.directory())
                        .mustExist()
                        .onIndexing((of, done, total) -> progress.tell(done, total))
                        .open()) {
            Namespace of = namespace.existing(open);
            of.reindex();
            records = of.size();
            return of;
        }
    }
}
