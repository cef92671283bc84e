package io.vaultmesh.examples.cli.key;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh key}. */
@Command(name = "key", description = "Makes OpenPGP keys that sign artifacts, and shows public keys.")
public final class KeyGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("list", KeyListVerb.class),
                new Verb("new", KeyNewVerb.class),
                new Verb("export", KeyExportVerb.class));
    }
}
