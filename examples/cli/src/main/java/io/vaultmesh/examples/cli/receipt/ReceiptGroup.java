package io.vaultmesh.examples.cli.receipt;

import picocli.CommandLine.Command;

/** {@code vaultmesh receipt}. */
@Command(name = "receipt", description = "Works on a receipt alone.", subcommands = ReceiptVerifyVerb.class)
public final class ReceiptGroup {}
