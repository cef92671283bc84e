package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.receipt.ReceiptVerb;
import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh memory}. */
@Command(name = "memory", description = "Records into a memory, reads it, copies it.")
public final class MemoryGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("init", InitVerb.class),
                new Verb("record", RecordGroup.class),
                new Verb("query", QueryVerb.class),
                new Verb("list", ListVerb.class),
                new Verb("timeline", TimelineVerb.class),
                new Verb("show", ShowVerb.class),
                new Verb("receipt", ReceiptVerb.class),
                new Verb("backup", BackupVerb.class),
                new Verb("restore", RestoreVerb.class),
                new Verb("reindex", ReindexVerb.class));
    }
}
