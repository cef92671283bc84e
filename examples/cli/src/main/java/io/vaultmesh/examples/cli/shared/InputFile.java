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

/** Reads the files that arguments name. One that isn't there is the caller's mistake, one that can't be read is not. */
public final class InputFile {

    private InputFile() {}

    /** The file itself, if there is one: for those that read it in their own way. */
    public static Path existing(Path file) {
        return existing(file, "a file");
    }

    /** The same; the message says what was expected. */
    public static Path existing(Path file, String expected) {
        if (Files.isDirectory(file)) {
            throw new IllegalArgumentException(file + " is a directory, expected " + expected);
        }
        if (Files.notExists(file)) {
            throw new IllegalArgumentException(file + " is not there, expected " + expected);
        }
        return file;
    }

    public static String text(Path file) {
        try {
            return Files.readString(existing(file));
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
        try (InputStream stream = Files.newInputStream(existing(file))) {
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
