package io.vaultmesh.examples.cli.key;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh key}. */
@Command(name = "key", description = "Makes OpenPGP keys that sign artifacts, and shows public keys.")
@Verbs({KeyListVerb.class, KeyNewVerb.class, KeyExportVerb.class})
public final class KeyGroup {}
