package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh trust}. */
@Command(name = "trust", description = "Says which keys a memory trusts, and for what. Each change is a record.")
@Verbs({TrustListVerb.class, TrustPinVerb.class, TrustPinTsaVerb.class, TrustRotateVerb.class, TrustRevokeVerb.class})
public final class TrustGroup {}
