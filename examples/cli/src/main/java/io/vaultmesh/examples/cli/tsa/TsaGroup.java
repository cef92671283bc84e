package io.vaultmesh.examples.cli.tsa;

import picocli.CommandLine.Command;

/** {@code vaultmesh tsa}. */
@Command(
        name = "tsa",
        description = "A timestamp authority for development.",
        subcommands = {TsaServeVerb.class})
public final class TsaGroup {}
