package io.vaultmesh.examples.cli;

import picocli.CommandLine.Command;

/** {@code vaultmesh receipt}. */
@Command(name = "receipt", description = "Works on a receipt alone.", subcommands = ReceiptVerifyVerb.class)
final class ReceiptGroup {}
