package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh federation}. */
@Command(name = "federation", description = "Shares namespaces of a memory with peers.")
@Verbs({
    FederationInitVerb.class,
    FederationJoinVerb.class,
    FederationLeaveVerb.class,
    FederationServeVerb.class,
    FederationStatusVerb.class,
    FederationSyncVerb.class,
    FederationMergeVerb.class
})
public final class FederationGroup {}
