package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh artifact}. */
@Command(name = "artifact", description = "Signs artifacts, has them stamped, and verifies what is recorded of them.")
@Verbs({
    ArtifactSignVerb.class,
    ArtifactTimestampVerb.class,
    ArtifactAttestVerb.class,
    ArtifactVerifyVerb.class,
    ArtifactVerifyFullVerb.class
})
public final class ArtifactGroup {}
