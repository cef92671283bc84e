package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh audit root}. */
@Command(
        name = "root",
        description = "Shows the log's origin, size, root hash and verifier key.",
        footer = {"", "Example:", "  vaultmesh audit root --memory memory"})
final class AuditRootVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (Remembrancer open = memory.open()) {
            Namespace of = namespace.existing(open);
            TrustedCheckpoint checkpoint = of.checkpoint();
            String vkey = of.verifier().toText();
            output.print(
                    JsonObject.builder()
                            .put("origin", checkpoint.origin())
                            .put("size", checkpoint.size())
                            .put("root", checkpoint.root().toString())
                            .put("vkey", vkey)
                            .build(),
                    "origin    " + checkpoint.origin() + "\nsize      " + checkpoint.size() + "\nroot      "
                            + checkpoint.root() + "\nvkey      " + vkey + "\n");
        }
    }
}
