package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh trust}. */
@Command(name = "trust", description = "Says which keys a memory trusts, and for what. Each change is a record.")
public final class TrustGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("list", TrustListVerb.class),
                new Verb("pin", TrustPinVerb.class),
                new Verb("pin-tsa", TrustPinTsaVerb.class),
                new Verb("rotate", TrustRotateVerb.class),
                new Verb("revoke", TrustRevokeVerb.class));
    }
}
