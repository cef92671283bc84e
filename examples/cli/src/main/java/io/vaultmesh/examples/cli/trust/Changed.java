package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.receipt.Receipt;

/** How a change of trust is shown: what it was, and its record. */
final class Changed {

    private Changed() {}

    static void print(Output output, String pin, Receipt receipt) {
        output.print(
                JsonObject.builder()
                        .put("change", receipt.record().title())
                        .put("pin", pin)
                        .put("id", receipt.id().toString())
                        .put("index", receipt.index())
                        .build(),
                "recorded  " + receipt.record().title() + "\npin       " + pin + "\nid        " + receipt.id()
                        + "\nindex     " + receipt.index() + "\n");
    }
}
