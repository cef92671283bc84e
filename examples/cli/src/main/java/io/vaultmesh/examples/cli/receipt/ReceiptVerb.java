package io.vaultmesh.examples.cli.receipt;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vaultmesh memory receipt}. */
@Command(name = "receipt", description = "Gives the receipt of a record, with the log's newest checkpoint.")
public final class ReceiptVerb implements Runnable {

    @Parameters(paramLabel = "ID", description = "The record's id.")
    private String id;

    @Mixin
    private MemoryOption memory;

    @Option(names = "--out", paramLabel = "FILE", description = "A new file for it. Default: the standard output")
    private @Nullable Path file;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        Hash parsed = Hash.parse(id);
        byte[] receipt;
        try (Remembrancer open = memory.open()) {
            receipt = open.receipt(parsed)
                    .map(Receipt::bytes)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "memory " + open.name() + " has no record " + parsed + "; the timeline lists all ids"));
        }
        PrintWriter stdout = command.commandLine().getOut();
        if (file == null) {
            stdout.print(new String(receipt, StandardCharsets.UTF_8)); // no newline: the bytes that --out writes
        } else {
            write(receipt, file);
            stdout.println("written   " + file);
        }
    }

    private static void write(byte[] receipt, Path file) {
        try {
            Files.write(file, receipt, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw new UncheckedIOException(file + " exists, expected a new file", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        }
    }
}
