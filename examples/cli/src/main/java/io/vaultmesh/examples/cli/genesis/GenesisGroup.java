package io.vaultmesh.examples.cli.genesis;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh genesis}. */
@Command(name = "genesis", description = "Seals a git revision: its archive is recorded, signed and stamped.")
public final class GenesisGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(new Verb("seal", GenesisSealVerb.class), new Verb("verify", GenesisVerifyVerb.class));
    }
}
