package io.vaultmesh.examples.cli.shared;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Messages as people say them: "no such file: x", and not "java.nio.file.NoSuchFileException: x". */
final class Sentence {

    /** An exception's type, as it stands in messages that were made of other exceptions. */
    private static final Pattern TYPE =
            Pattern.compile("(?:[a-z][a-z0-9_]*[.])+(?:[A-Z]\\w*[$.])*([A-Z]\\w*?)(?:Exception|Error)\\b(: )?");

    /** Types that say nothing. */
    private static final Pattern GENERAL = Pattern.compile("IO|UncheckedIO|FileSystem|IllegalArgument|IllegalState");

    private static final Pattern WORDS = Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

    private Sentence() {}

    static String of(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return without(failure instanceof UncheckedIOException disk ? message + reason(disk, message) : message);
    }

    /** The JDK's message of an exception whose type is the reason is the path alone. */
    private static String reason(UncheckedIOException failure, String message) {
        return failure.getCause() instanceof FileSystemException disk
                        && disk.getClass() != FileSystemException.class
                        && disk.getReason() == null
                        && message.endsWith(": " + disk.getMessage())
                        && !message.contains(disk.getClass().getName())
                ? " (" + without(disk.getClass().getName()) + ")"
                : "";
    }

    private static String without(String message) {
        return TYPE.matcher(message).replaceAll(type -> Matcher.quoteReplacement(words(type.group(1), type.group(2))));
    }

    private static String words(String type, @Nullable String colon) {
        if (GENERAL.matcher(type).matches()) {
            return "";
        }
        String words = type.equals("Connect") ? "can't connect" : String.join(" ", WORDS.split(type));
        return words.toLowerCase(Locale.ROOT) + (colon == null ? "" : colon);
    }
}
