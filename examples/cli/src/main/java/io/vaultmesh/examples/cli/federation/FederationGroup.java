package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh federation}. */
@Command(name = "federation", description = "Shares namespaces of a memory with peers.")
public final class FederationGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("init", FederationInitVerb.class),
                new Verb("join", FederationJoinVerb.class),
                new Verb("leave", FederationLeaveVerb.class),
                new Verb("serve", FederationServeVerb.class),
                new Verb("status", FederationStatusVerb.class),
                new Verb("sync", FederationSyncVerb.class),
                new Verb("merge", FederationMergeVerb.class));
    }
}
