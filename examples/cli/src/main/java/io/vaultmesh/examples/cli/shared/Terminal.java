package io.vaultmesh.examples.cli.shared;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What is known of the terminal, if there is one. */
public final class Terminal {

    private static final int WIDEST = 80;
    private static final int NARROWEST = 40;

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
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(new File("/dev/tty"))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
            boolean done = stty.waitFor(1, TimeUnit.SECONDS);
            return done ? size.substring(size.indexOf(' ') + 1) : "";
        } catch (IOException e) {
            return ""; // there is no such program on this system
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
