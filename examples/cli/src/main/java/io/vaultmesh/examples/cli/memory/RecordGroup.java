package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh memory record}. */
@Command(name = "record", description = "Records something, into a memory that is made if there is none.")
final class RecordGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("deploy", RecordDeployVerb.class),
                new Verb("decision", RecordDecisionVerb.class),
                new Verb("incident", RecordIncidentVerb.class),
                new Verb("discovery", RecordDiscoveryVerb.class));
    }
}
