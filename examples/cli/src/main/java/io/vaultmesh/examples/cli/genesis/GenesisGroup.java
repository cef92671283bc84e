package io.vaultmesh.examples.cli.genesis;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh genesis}. */
@Command(name = "genesis", description = "Seals a git revision: its archive is recorded, signed and stamped.")
@Verbs({GenesisSealVerb.class, GenesisVerifyVerb.class})
public final class GenesisGroup {}
