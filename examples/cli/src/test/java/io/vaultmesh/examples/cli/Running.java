package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;

/** A run of the command in this process that serves until it is closed, in a thread of its own. */
final class Running implements AutoCloseable {

    private static final long DEADLINE_MILLIS = 30_000;

    private final StringWriter err = new StringWriter();
    private final BufferedReader out;
    private final Thread thread;
    private volatile int code = -1;

    private Running(Object... args) throws IOException {
        PipedWriter writer = new PipedWriter();
        out = new BufferedReader(new PipedReader(writer, 1 << 16));
        String[] texts = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        thread = new Thread(
                () -> {
                    try (PrintWriter print = new PrintWriter(writer)) {
                        code = Vaultmesh.run(print, new PrintWriter(err), false, texts);
                    }
                },
                "a vaultmesh that serves");
        thread.setDaemon(true);
        thread.start();
    }

    static Running of(Object... args) throws IOException {
        return new Running(args);
    }

    /** The next line that it prints; fails if it ended instead. */
    String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new AssertionError("it ended with " + err);
        }
        return line;
    }

    /** Lines up to the one with this label, of which the value is given. */
    String value(String label) throws IOException {
        String line = line();
        while (!line.startsWith(label + " ")) {
            line = line();
        }
        return line.substring(label.length()).strip();
    }

    /** Ends it as a signal does, and has it end well. */
    @Override
    public void close() throws IOException {
        thread.interrupt();
        try {
            thread.join(DEADLINE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while it ends", e);
        }
        assertEquals(ExitCode.GOOD, code, err.toString());
        assertEquals("", err.toString());
        out.close();
    }
}
