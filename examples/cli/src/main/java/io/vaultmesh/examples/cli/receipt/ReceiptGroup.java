package io.vaultmesh.examples.cli.receipt;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh receipt}. */
@Command(name = "receipt", description = "Verifies receipts that travel alone.")
public final class ReceiptGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(new Verb("verify", ReceiptVerifyVerb.class));
    }
}
