package io.vaultmesh.examples.cli.federation;

import picocli.CommandLine.Command;

/** {@code vaultmesh federation}. */
@Command(
        name = "federation",
        description = "Shares namespaces of a memory with peers.",
        subcommands = {
            FederationInitVerb.class,
            FederationJoinVerb.class,
            FederationLeaveVerb.class,
            FederationServeVerb.class,
            FederationStatusVerb.class,
            FederationSyncVerb.class,
            FederationMergeVerb.class
        })
public final class FederationGroup {}
