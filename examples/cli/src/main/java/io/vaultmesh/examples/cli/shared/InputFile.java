package io.vaultmesh.examples.cli.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads the files that arguments name. */
public final class InputFile {

    private InputFile() {}

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw notUtf8(file.toString(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The text of a file, or of the standard input if it is called {@code -}. */
    public static String textOrStandardInput(String name) {
        return name.equals("-") ? standardInput() : text(path(name));
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException("\"" + name + "\" can't be the name of a file: " + e.getReason(), e);
        }
    }

    private static String standardInput() {
        try {
            byte[] bytes = System.in.readAllBytes();
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw notUtf8("the standard input", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the standard input: " + e.getMessage(), e);
        }
    }

    private static IllegalArgumentException notUtf8(String name, CharacterCodingException cause) {
        return new IllegalArgumentException(name + " is not UTF-8, expected Markdown text in UTF-8", cause);
    }

    public static byte[] bytes(Path file, int most) {
        try (InputStream stream = Files.newInputStream(file)) {
            byte[] bytes = stream.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IllegalArgumentException(file + " is larger than " + most + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e.getMessage(), e);
        }
    }
}
