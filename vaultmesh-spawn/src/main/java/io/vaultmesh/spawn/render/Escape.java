package io.vaultmesh.spawn.render;

/**
 * The one place where free text is made safe for the format of a generated file. Whatever the text, a reader of the
 * format gets the very same text back.
 */
final class Escape {

    private static final String MARKDOWN = "\\`*_{}[]<>#|~&$";

    private Escape() {}

    /**
     * A Python string literal with its quotes. Single quotes are chosen where they save escapes, as the formatters of
     * Python code do, which would otherwise rewrite the file.
     */
    static String python(String text) {
        char quote = count(text, '"') > count(text, '\'') ? '\'' : '"';
        StringBuilder out = new StringBuilder().append(quote);
        text.codePoints().forEach(c -> {
            if (c == quote || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else {
                appendVisible(out, c, "\\x%02x");
            }
        });
        return out.append(quote).toString();
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    /** A basic string of TOML 1.0 with its quotes. */
    static String toml(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else {
                appendVisible(out, c, "\\u%04x");
            }
        });
        return out.append('"').toString();
    }

    private static void appendVisible(StringBuilder out, int c, String format) {
        if (c < 0x20 || c == 0x7F) {
            out.append(String.format(format, c));
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
