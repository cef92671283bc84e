package io.vaultmesh.examples.cli.receipt;

import io.vaultmesh.examples.cli.shared.Verbs;
import picocli.CommandLine.Command;

/** {@code vaultmesh receipt}. */
@Verbs(ReceiptVerifyVerb.class)
@Command(name = "receipt", description = "Verifies receipts that travel alone.")
public final class ReceiptGroup {}
