package io.vaultmesh.examples.cli.log;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.Output;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh log append}. */
@Command(
        name = "append",
        description = "Appends each line of a file as an entry, all of them or none, and publishes them.",
        footer = {"", "Example:", "  vaultmesh log append builds --lines released.txt"})
final class LogAppendVerb implements Runnable {

    private static final int MOST_BYTES = 64 << 20;

    @Parameters(paramLabel = "DIR", description = "The log's directory.")
    private Path directory;

    @Option(
            names = "--lines",
            required = true,
            paramLabel = "FILE",
            description = "A file of at most 64 MiB. Entries are the bytes between its line feeds.")
    private Path file;

    @Mixin
    private LogKeyOption key;

    @Mixin
    private Output output;

    @Override
    public void run() {
        List<byte[]> lines = lines(InputFile.bytes(file, MOST_BYTES));
        requireLengths(lines);
        long size;
        Hash root;
        try (MerkleLog log = key.open(directory)) {
            log.appendAll(lines);
            size = log.size(); // nobody else appends while this process has the lock
            root = log.root();
        } // published from here on
        output.print(
                JsonObject.builder()
                        .put("appended", lines.size())
                        .put("size", size)
                        .put("root", root.toString())
                        .build(),
                "appended  " + lines.size() + "\nsize      " + size + "\nroot      " + root + "\n");
    }

    /** A line feed ends a line; the last line may have none. */
    private static List<byte[]> lines(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
        }
        return lines;
    }

    private void requireLengths(List<byte[]> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).length > LogEntry.MAX_LENGTH) {
                throw new IllegalArgumentException("line " + (i + 1) + " of " + file + " has " + lines.get(i).length
                        + " bytes, expected at most " + LogEntry.MAX_LENGTH + "; nothing was appended");
            }
        }
    }
}
