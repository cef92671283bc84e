package io.vaultmesh.examples.cli.shared;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;

/** What is known of the terminal, if there is one. */
public final class Terminal {

    private static final int WIDEST = 80;
    private static final int NARROWEST = 40;

    static final String DEVICE = "/dev/tty";

    static {
        // else a JDK from 22 to 24 has a console where there is no terminal
        System.setProperty("jdk.console", "java.base");
    }

    private Terminal() {}

    /** Whether somebody looks on: standard input and output are a terminal. */
    @SuppressWarnings("SystemConsoleNull") // with the property above it is null without a terminal in every JDK
    public static boolean isPresent() {
        return System.console() != null;
    }

    /** Whether it shows colours, and its user likes them (no-color.org). */
    public static boolean hasColours() {
        String no = System.getenv("NO_COLOR");
        return isPresent() && (no == null || no.isEmpty()) && !"dumb".equals(System.getenv("TERM"));
    }

    /** How many columns help may have: those of the terminal, from 40 to 80; 80 where there is none. */
    public static int width() {
        String columns = System.getenv("COLUMNS");
        return width(columns == null && isPresent() ? asked() : String.valueOf(columns));
    }

    static int width(String columns) {
        return columns.matches("[1-9][0-9]{0,3}")
                ? Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns)))
                : WIDEST;
    }

    /** A shell exports no COLUMNS, so the terminal is asked. */
    private static String asked() {
        try {
            String size = stty("size");
            return size.substring(size.indexOf(' ') + 1);
        } catch (IOException e) {
            return ""; // there is no such program on this system, or nobody to tell
        }
    }

    /** Whether a descriptor of this process is a terminal, which a child is asked that has the same. */
    static boolean is(int descriptor) {
        try {
            ProcessBuilder test = new ProcessBuilder("test", "-t", Integer.toString(descriptor)).inheritIO();
            return run(test).isEmpty();
        } catch (IOException e) {
            return false; // it says so, or there is no such program on this system
        }
    }

    /** What {@code stty} says of the terminal; fails if there is none. */
    static String stty(String argument) throws IOException {
        return run(new ProcessBuilder("stty", argument)
                .redirectInput(new File(DEVICE))
                .redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    private static String run(ProcessBuilder program) throws IOException {
        Process process = program.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(program.command() + " ends with " + status);
            }
            return said;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while asking " + program.command());
        }
    }
}
