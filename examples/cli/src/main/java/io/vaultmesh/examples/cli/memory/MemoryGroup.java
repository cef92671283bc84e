package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.receipt.ReceiptVerb;
import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh memory}. */
@Verbs({
    InitVerb.class,
    RecordGroup.class,
    QueryVerb.class,
    ListVerb.class,
    TimelineVerb.class,
    ShowVerb.class,
    ReceiptVerb.class,
    BackupVerb.class,
    RestoreVerb.class,
    ReindexVerb.class
})
@Command(name = "memory", description = "Records into a memory, reads it, copies it.")
public final class MemoryGroup {}
