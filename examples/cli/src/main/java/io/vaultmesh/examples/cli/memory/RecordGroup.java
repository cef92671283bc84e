package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh memory record}. */
@Verbs({RecordDeployVerb.class, RecordDecisionVerb.class, RecordIncidentVerb.class, RecordDiscoveryVerb.class})
@Command(name = "record", description = "Records something, into a memory that is made if there is none.")
final class RecordGroup {}
