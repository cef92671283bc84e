package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.LogProof;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.OutputFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh log prove}. */
@Command(
        name = "prove",
        description = "Proves that an entry is in a log: a tlog-proof with the entry and the newest checkpoint in it.",
        footer = {"", "Example:", "  vaultmesh log prove builds 3 --out 3.tlog-proof"})
final class LogProveVerb implements Runnable {

    @Mixin
    private LogPlace place;

    @Parameters(index = "1", paramLabel = "INDEX", description = "The entry's index, from 0.")
    private long index;

    @Option(names = "--vkey", paramLabel = "VKEY", description = "The log's key. Default: that of the private key")
    private @Nullable String vkey;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file for it. Default: the standard output")
    private @Nullable Path file;

    @Mixin
    private Output output;

    @Override
    public void run() {
        LogReader log = vkey == null ? place.readAsKeeper() : place.read(NoteVerifier.of(vkey));
        if (index < 0 || index >= log.size()) {
            throw new IllegalArgumentException(
                    "there is no entry " + index + " in " + log.origin() + ", which has " + log.size());
        }
        LogEntry entry = log.entry(index);
        LogProof proof = withEntry(log.proveInclusion(index), entry);
        if (file != null) {
            OutputFile.write(proof.toText().getBytes(StandardCharsets.UTF_8), file);
        }
        JsonObject.Builder json = JsonObject.builder()
                .put("origin", log.origin())
                .put("index", index)
                .put("leafHash", entry.leafHash().toString())
                .put("proof", proof.toText());
        output.print(json.build(), file == null ? proof.toText() : "written   " + file + "\n");
    }

    /** With the entry in the file, `log verify` needs nothing else; the proof says whether it is the right one. */
    private static LogProof withEntry(LogProof proof, LogEntry entry) {
        String extra = Base64.getEncoder().encodeToString(entry.bytes());
        return new LogProof(
                proof.index(),
                proof.hashes(),
                proof.checkpoint(),
                extra.isEmpty() ? Optional.empty() : Optional.of(extra));
    }
}
