package io.vaultmesh.examples.cli.shared;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** A line that is typed without being shown, wherever the standard output goes: the JDK's console needs it, too. */
final class HiddenLine {

    private HiddenLine() {}

    /** The line; empty if nobody sits at a terminal. */
    static Optional<char[]> ask(String prompt) {
        if (!Terminal.is(0)) {
            return Optional.empty();
        }
        try (FileInputStream in = new FileInputStream(Terminal.DEVICE);
                FileOutputStream out = new FileOutputStream(Terminal.DEVICE)) {
            String before = Terminal.stty("-g");
            Thread restore = new Thread(() -> restore(before), "echo of the terminal");
            Runtime.getRuntime().addShutdownHook(restore); // for who types Ctrl-C instead
            try {
                String unused = Terminal.stty("-echo");
                out.write(prompt.getBytes(StandardCharsets.UTF_8));
                return Optional.of(line(in));
            } finally {
                restore(before);
                out.write('\n');
                var unused = Runtime.getRuntime().removeShutdownHook(restore);
            }
        } catch (FileNotFoundException e) {
            return Optional.empty(); // no process of this session has a terminal
        } catch (IOException e) {
            throw new UncheckedIOException("can't ask on the terminal: " + e.getMessage(), e);
        }
    }

    private static void restore(String before) {
        try {
            String unused = Terminal.stty(before);
        } catch (IOException e) {
            throw new UncheckedIOException("can't have the terminal show again what is typed; `stty echo` does", e);
        }
    }

    private static char[] line(FileInputStream in) throws IOException {
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\n') {
            typed.write(next);
            next = in.read();
        }
        if (next < 0) {
            throw new IllegalArgumentException("the terminal was closed, expected a passphrase");
        }
        byte[] bytes = typed.toByteArray();
        CharBuffer text = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] line = new char[text.length()];
        text.get(line);
        Arrays.fill(text.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        return line;
    }
}
