package io.vaultmesh.examples.cli.receipt;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Records;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh receipt verify}. */
@Command(
        name = "verify",
        description = "Verifies a receipt with the log's public key and nothing else.",
        footer = {"", "Example:", "  vaultmesh receipt verify ledger.receipt.json" + " --vkey \"$vkey\""})
final class ReceiptVerifyVerb implements Runnable {

    /** An entry has at most 64 KiB, a proof some hashes and signatures: this is far above any receipt. */
    private static final int MOST_BYTES = 1 << 20;

    @Parameters(paramLabel = "FILE", description = "The receipt.")
    private Path file;

    @Option(
            names = "--vkey",
            required = true,
            paramLabel = "VKEY",
            description = "The log's key, as `vaultmesh audit root` shows it.")
    private String vkey;

    @Mixin
    private Output output;

    @Override
    public void run() {
        NoteVerifier logKey = NoteVerifier.of(vkey);
        Receipt receipt = parse(InputFile.bytes(file, MOST_BYTES));
        Verdict verdict = receipt.verify(logKey);
        verdict.reason().ifPresent(reason -> {
            throw new RefutedException(file + " is refuted: " + reason);
        });
        output.print(
                Records.json(receipt.record())
                        .put("index", receipt.index())
                        .put("origin", logKey.name())
                        .put("holds", true)
                        .build(),
                "holds: " + receipt.record().kind().label() + " \""
                        + receipt.record().title() + "\", record " + receipt.id() + ", is in " + logKey.name()
                        + " at index " + receipt.index() + "\n");
    }

    /** Damage that breaks the file's form is no other finding than damage that breaks a signature. */
    private Receipt parse(byte[] bytes) {
        try {
            return Receipt.parse(bytes);
        } catch (IllegalArgumentException e) {
            throw new RefutedException(file + " is no receipt: " + e.getMessage());
        }
    }
}
