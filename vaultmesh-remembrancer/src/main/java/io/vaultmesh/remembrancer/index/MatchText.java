package io.vaultmesh.remembrancer.index;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** What a user types, as an expression of FTS5. */
final class MatchText {

    // what the tokenizer takes for a separator anyway; FTS5 would take a NUL for the expression's end
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Cntrl}\\p{Z}]+");

    private MatchText() {}

    static void require(String text, boolean syntax) {
        if (text.length() > Search.MAX_TEXT) {
            throw new IllegalArgumentException(
                    "text has " + text.length() + " characters, expected at most " + Search.MAX_TEXT);
        }
        if (syntax) {
            requireExpression(text);
        } else if (words(text).size() > Search.MAX_WORDS) {
            throw new IllegalArgumentException(
                    "text has " + words(text).size() + " words, expected at most " + Search.MAX_WORDS);
        }
    }

    private static void requireExpression(String text) {
        if (text.indexOf(0) >= 0) {
            throw new IllegalArgumentException("the expression has a NUL, expected the syntax of FTS5");
        }
        if (text.strip().startsWith("*")) { // FTS5 takes it for a command that asks about its innards
            throw new IllegalArgumentException("the expression is " + text + ", expected the syntax of FTS5");
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(BLANKS.split(text)).filter(word -> !word.isEmpty()).toList();
    }

    /** The expression that FTS5 is asked: every word in quotes, in which nothing is syntax but the quote. */
    static String expression(String text, boolean syntax) {
        if (syntax) {
            return text;
        }
        String quoted = words(text).stream()
                .map(word -> '"' + word.replace("\"", "\"\"") + '"')
                .collect(joining(" "));
        return quoted.isEmpty() ? "\"\"" : quoted; // nothing at all would be an error
    }
}
