package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.examples.cli.shared.Output;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh log init}. */
@Command(
        name = "init",
        description = "Makes an empty log and its key, and prints the verifier key.",
        footer = {"", "Example:", "  vaultmesh log init builds --origin example.com/builds"})
final class LogInitVerb implements Runnable {

    @Parameters(paramLabel = "DIR", description = "The log's directory: absent or empty.")
    private Path directory;

    @Option(
            names = "--origin",
            required = true,
            paramLabel = "NAME",
            description = "The log's name for ever, which should be unique in the world: example.com/builds.")
    private String origin;

    @Mixin
    private LogKeyOption key;

    @Mixin
    private Output output;

    @Override
    public void run() {
        String name = NoteKeys.requireName(origin);
        requireAbsentOrEmpty();
        key.requireOutside(directory);
        NoteSigner signer = key.create(directory, name); // first, since a log without its key is of no use
        try (MerkleLog log = MerkleLog.builder(directory).signer(signer).open()) {
            String vkey = log.verifier().toText();
            Path file = key.file(directory);
            output.print(
                    JsonObject.builder()
                            .put("origin", log.origin())
                            .put("vkey", vkey)
                            .put("key", file.toString())
                            .build(),
                    "origin    " + log.origin() + "\nvkey      " + vkey + "\nkey       " + file + "\n");
        }
    }

    private void requireAbsentOrEmpty() {
        if (!Files.exists(directory)) {
            return;
        }
        if (!Files.isDirectory(directory)) {
            throw new IllegalArgumentException(directory + " is a file, expected an absent or empty directory");
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.findFirst().ifPresent(file -> {
                throw new IllegalArgumentException(
                        directory + " holds " + file.getFileName() + ", expected an absent or empty directory");
            });
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + directory + ": " + e.getMessage(), e);
        }
    }
}
