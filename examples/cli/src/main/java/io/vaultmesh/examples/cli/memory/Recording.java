package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Records;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.receipt.Receipt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What the verbs below {@code memory record} have in common. */
final class Recording {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Option(
            names = "--key",
            paramLabel = "K",
            description = "Names the call: the same content again gives the first record.")
    private @Nullable String key;

    /** Records; the caller has read all its files by now, so that a missing one doesn't create a memory. */
    <M extends Memory<M>> void record(M what, Output output) {
        M named = key == null ? what : what.key(key);
        try (Remembrancer open = memory.openOrCreate()) {
            Receipt receipt = namespace.of(open).record(named);
            JsonObject.Builder json = Records.json(receipt.record())
                    .put("index", receipt.index())
                    .put("memory", open.name())
                    .put("created", open.created());
            String created = open.created() ? "created   memory " + open.name() + "\n" : "";
            output.print(
                    json.build(),
                    created + "recorded  " + what + "\nid        " + receipt.id() + "\nindex     " + receipt.index()
                            + "\n");
        }
    }
}
