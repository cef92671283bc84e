package io.vaultmesh.examples.cli.shared;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SentenceTest {

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("x"), "no such file: x", "x (no such file)"),
                Arguments.of(new AccessDeniedException("x"), "access denied: x", "x (access denied)"),
                Arguments.of(new DirectoryNotEmptyException("x"), "directory not empty: x", "x (directory not empty)"),
                Arguments.of(
                        new FileSystemException("x", null, "No space left on device"),
                        "x: No space left on device",
                        "x: No space left on device"),
                Arguments.of(new FileSystemException("x"), "x", "x"),
                Arguments.of(new IOException("Is a directory"), "Is a directory", "Is a directory"),
                Arguments.of(new ConnectException("refused"), "can't connect: refused", "refused"),
                Arguments.of(new UnknownHostException("x"), "unknown host: x", "x"));
    }

    /** The library says a cause as it prints itself, or by its message alone. */
    @ParameterizedTest
    @MethodSource("causes")
    void namesNoTypeOfJava(IOException cause, String whole, String message) {
        assertEquals("can't read x: " + whole, Sentence.of(new UncheckedIOException("can't read x: " + cause, cause)));
        assertEquals(
                "can't read x: " + message,
                Sentence.of(new UncheckedIOException("can't read x: " + cause.getMessage(), cause)));
    }

    @Test
    void typeInTheMiddleIsSaidTooAndAnyOtherTextIsLeftAlone() {
        assertEquals(
                "a: ssl handshake: b; http timeout: c",
                Sentence.of(new IllegalStateException(
                        "a: javax.net.ssl.SSLHandshakeException: b; java.net.http.HttpTimeoutException: c")));
        String other = "io.example.Error_ in notes.txt and www.example.com/AnException $1 \\ are names";
        assertEquals(other, Sentence.of(new IllegalStateException(other)));
    }
}
