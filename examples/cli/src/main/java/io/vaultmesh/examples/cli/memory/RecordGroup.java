package io.vaultmesh.examples.cli.memory;

import picocli.CommandLine.Command;

/** {@code vaultmesh memory record}. */
@Command(
        name = "record",
        description = "Records something. A memory that doesn't exist yet is created.",
        subcommands = {
            RecordDeployVerb.class,
            RecordDecisionVerb.class,
            RecordIncidentVerb.class,
            RecordDiscoveryVerb.class
        })
final class RecordGroup {}
