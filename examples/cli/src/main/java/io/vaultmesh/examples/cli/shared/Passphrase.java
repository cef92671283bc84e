package io.vaultmesh.examples.cli.shared;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --passphrase-file FILE}: from a file or from the terminal, never from an argument, which others would see. */
public final class Passphrase {

    private static final int MOST_BYTES = 4096;

    @Option(
            names = "--passphrase-file",
            paramLabel = "FILE",
            description = "A file whose first line is the key's passphrase. Default: asked for on the terminal")
    private @Nullable Path file;

    /** The passphrase of a key that exists; the caller overwrites it. */
    public char[] ask(String what) {
        return file == null ? fromTerminal("Passphrase of " + what + ": ") : read(file);
    }

    /** The passphrase of a new key, typed twice on a terminal; the caller overwrites it. */
    public char[] choose(String what) {
        if (file != null) {
            return read(file);
        }
        char[] first = fromTerminal("Passphrase for " + what + ": ");
        char[] second = fromTerminal("Again: ");
        boolean same = Arrays.equals(first, second);
        Arrays.fill(second, '\0');
        if (!same) {
            Arrays.fill(first, '\0');
            throw new IllegalArgumentException("the passphrases differ, expected the same one twice");
        }
        return first;
    }

    /** The first line of a file. */
    public static char[] read(Path file) {
        byte[] bytes = InputFile.bytes(file, MOST_BYTES);
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            int end = 0;
            while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
                end++;
            }
            char[] line = new char[end];
            text.get(line);
            Arrays.fill(text.array(), '\0');
            return line;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not UTF-8, expected a passphrase in its first line", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static char[] fromTerminal(String prompt) {
        if (!Terminal.isPresent()) {
            return HiddenLine.ask(prompt)
                    .orElseThrow(() -> new IllegalArgumentException("there is no terminal to ask for the passphrase on;"
                            + " --passphrase-file names a file that has it"));
        }
        char[] typed = requireNonNull(System.console()).readPassword("%s", prompt);
        if (typed == null) {
            throw new IllegalArgumentException("the terminal was closed, expected a passphrase");
        }
        return typed;
    }
}
