package io.vaultmesh.examples.cli.tsa;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh tsa}. */
@Command(name = "tsa", description = "A timestamp authority for development.")
@Verbs({TsaServeVerb.class})
public final class TsaGroup {}
