package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.receipt.ReceiptVerb;
import picocli.CommandLine.Command;

/** {@code vaultmesh memory}. */
@Command(
        name = "memory",
        description = "Records into a memory, and reads it.",
        subcommands = {RecordGroup.class, TimelineVerb.class, SearchVerb.class, ReceiptVerb.class})
public final class MemoryGroup {}
