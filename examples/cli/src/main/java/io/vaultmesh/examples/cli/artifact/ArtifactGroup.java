package io.vaultmesh.examples.cli.artifact;

import picocli.CommandLine.Command;

/** {@code vaultmesh artifact}. */
@Command(
        name = "artifact",
        description = "Signs artifacts, has them stamped, and verifies what is recorded of them.",
        subcommands = {
            ArtifactSignVerb.class,
            ArtifactTimestampVerb.class,
            ArtifactAttestVerb.class,
            ArtifactVerifyVerb.class,
            ArtifactVerifyFullVerb.class
        })
public final class ArtifactGroup {}
