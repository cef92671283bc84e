package io.vaultmesh.spawn.render;

import java.util.function.IntFunction;

/**
 * The one place where free text is made safe for the format of a generated file. Whatever the text, a reader of the
 * format gets the very same text back.
 */
final class Escape {

    private static final String MARKDOWN = "\\`*_{}[]<>#|~&$";
    private static final int LAST_CONTROL = 0x9F;

    private Escape() {}

    /**
     * A Python string literal with its quotes. Single quotes are chosen where they save escapes, as the formatters of
     * Python code do, which would otherwise rewrite the file.
     */
    static String python(String text) {
        String quote = count(text, '"') > count(text, '\'') ? "'" : "\"";
        return quoted(quote, text, quote + "\\", c -> String.format("\\x%02x", c));
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** A basic string of TOML 1.0 with its quotes. */
    static String toml(String text) {
        return quoted("\"", text, "\"\\", c -> String.format("\\u%04x", c));
    }

    /** A string of JSON (RFC 8259) with its quotes. */
    static String json(String text) {
        return quoted("\"", text, "\"\\", c -> String.format("\\u%04x", c));
    }

    /** A double-quoted scalar of YAML 1.1 or 1.2 with its quotes. */
    static String yaml(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            // line breaks to a reader of YAML 1.1, and the mark that no reader keeps
            if (c == 0x2028 || c == 0x2029 || c == 0xFEFF) {
                out.append(String.format("\\u%04x", c));
            } else {
                append(out, c, "\"\\", other -> String.format("\\x%02x", other));
            }
        });
        return out.append('"').toString();
    }

    /** A string literal of Java with its quotes. Octal, since Java reads its Unicode escapes before its literals. */
    static String java(String text) {
        return quoted("\"", text, "\"\\", c -> c <= 0x7F ? String.format("\\%03o", c) : Character.toString(c));
    }

    /** A string literal of TypeScript or JavaScript with its quotes. */
    static String typescript(String text) {
        return quoted("\"", text, "\"\\", c -> String.format("\\u%04x", c));
    }

    /** A quoted template of HCL (Terraform) with its quotes. Terraform brings all text to normal form C. */
    static String hcl(String text) {
        String literal = quoted("\"", text, "\"\\", c -> String.format("\\u%04x", c));
        return literal.replace("${", "$${").replace("%{", "%%{");
    }

    /** A double-quoted value of a Dockerfile's {@code LABEL} or {@code ENV}, with its quotes; the text is one line. */
    static String dockerfile(String text) {
        return quoted("\"", text, "\"\\$", Character::toString);
    }

    /** One word of a POSIX shell, in single quotes. */
    static String shell(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    /** The value of a variable of make, right of {@code :=}; the text is one line that starts with no space. */
    static String make(String text) {
        StringBuilder out = new StringBuilder();
        int backslashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '#') {
                // make halves the backslashes before it
                out.append("\\".repeat(backslashes + 1));
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            out.append(c == '$' ? "$$" : String.valueOf(c));
        }
        // a backslash or a space at the end of a line would be lost
        return backslashes > 0 || text.endsWith(" ") ? out + "$()" : out.toString();
    }

    private static String quoted(String quote, String text, String escaped, IntFunction<String> control) {
        StringBuilder out = new StringBuilder(quote);
        text.codePoints().forEach(c -> append(out, c, escaped, control));
        return out.append(quote).toString();
    }

    private static void append(StringBuilder out, int c, String escaped, IntFunction<String> control) {
        if (escaped.indexOf(c) >= 0) {
            out.append('\\').appendCodePoint(c);
        } else if (c < ' ' || (c >= 0x7F && c <= LAST_CONTROL)) {
            out.append(control.apply(c));
        } else {
            out.appendCodePoint(c);
        }
    }

    /**
     * Text of a CommonMark paragraph, at its start or within a line. A line break becomes a space; a backslash stands
     * before whatever could be taken for mark-up.
     */
    static String markdown(String text) {
        StringBuilder out = new StringBuilder();
        for (char c : text.replaceAll("\\R", " ").toCharArray()) {
            boolean first = out.isEmpty();
            // "- ", "+ ", "= " and "1. " mean something at the start of a line only, "![" is harmless without its "["
            boolean marksLine = (first && "-+=".indexOf(c) >= 0) || (isNumber(out) && (c == '.' || c == ')'));
            if (marksLine || MARKDOWN.indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    private static boolean isNumber(CharSequence text) {
        return text.length() > 0 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
