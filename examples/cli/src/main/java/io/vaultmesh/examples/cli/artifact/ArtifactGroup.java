package io.vaultmesh.examples.cli.artifact;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh artifact}. */
@Command(name = "artifact", description = "Signs artifacts, has them stamped, and verifies what is recorded of them.")
public final class ArtifactGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("sign", ArtifactSignVerb.class),
                new Verb("timestamp", ArtifactTimestampVerb.class),
                new Verb("attest", ArtifactAttestVerb.class),
                new Verb("verify", ArtifactVerifyVerb.class),
                new Verb("verify-full", ArtifactVerifyFullVerb.class));
    }
}
