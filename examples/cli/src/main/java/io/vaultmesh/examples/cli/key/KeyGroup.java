package io.vaultmesh.examples.cli.key;

import picocli.CommandLine.Command;

/** {@code vaultmesh key}. */
@Command(
        name = "key",
        description = "Makes OpenPGP keys that sign artifacts, and shows public keys.",
        subcommands = {KeyListVerb.class, KeyNewVerb.class, KeyExportVerb.class})
public final class KeyGroup {}
