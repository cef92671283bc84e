package io.vaultmesh.examples.cli.trust;

import picocli.CommandLine.Command;

/** {@code vaultmesh trust}. */
@Command(
        name = "trust",
        description = "Says which keys a memory trusts, and for what. Each change is a record.",
        subcommands = {
            TrustListVerb.class,
            TrustPinVerb.class,
            TrustPinTsaVerb.class,
            TrustRotateVerb.class,
            TrustRevokeVerb.class
        })
public final class TrustGroup {}
