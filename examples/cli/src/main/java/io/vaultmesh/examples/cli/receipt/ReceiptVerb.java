package io.vaultmesh.examples.cli.receipt;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.examples.cli.shared.Found;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.NamespaceOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.OutputFile;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh memory receipt}. */
@Command(
        name = "receipt",
        description = "Gives the receipt of a record, with the log's newest checkpoint.",
        footer = {"", "Example:", "  vaultmesh memory receipt --memory memory" + " \"$id\" --out ledger.receipt.json"})
public final class ReceiptVerb implements Runnable {

    @Parameters(paramLabel = "ID", description = "The record's id.")
    private String id;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NamespaceOption namespace;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file for it. Default: the standard output")
    private @Nullable Path file;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Receipt receipt;
        try (Remembrancer open = memory.open()) {
            receipt = Found.receipt(open, namespace.existing(open), id);
        }
        byte[] bytes = receipt.bytes();
        if (file == null) {
            // no line feed: the bytes that --out writes
            output.print(StrictJson.parseObject(bytes, "receipt"), new String(bytes, StandardCharsets.UTF_8));
        } else {
            OutputFile.write(bytes, file);
            output.print(
                    JsonObject.builder()
                            .put("id", receipt.id().toString())
                            .put("index", receipt.index())
                            .put("file", file.toString())
                            .build(),
                    "written   " + file + "\n");
        }
    }
}
