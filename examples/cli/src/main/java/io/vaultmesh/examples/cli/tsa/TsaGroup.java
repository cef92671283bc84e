package io.vaultmesh.examples.cli.tsa;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh tsa}. */
@Command(name = "tsa", description = "A timestamp authority for development.")
public final class TsaGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(new Verb("serve", TsaServeVerb.class));
    }
}
