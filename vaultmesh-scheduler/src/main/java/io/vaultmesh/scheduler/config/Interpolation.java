package io.vaultmesh.scheduler.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts variables of the environment in the place of <code>${NAME}</code> and <code>${NAME:-default}</code>, as shells do it: the
 * default stands for a variable that isn't set, or empty; quotes around it are no part of it. What comes in is not looked at
 * again, and so can't bring in other variables.
 */
final class Interpolation {

    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{(?<name>[A-Za-z_][A-Za-z0-9_]{0,99})(?::-(?<default>[^}]{0,999}))?\\}");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"|'([^']*)'");

    private Interpolation() {}

    /** Whether a text is one variable and nothing else, without a default. */
    static boolean isVariable(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.matches() && matcher.group("default") == null;
    }

    /**
     * Fills a text in.
     *
     * @throws IllegalArgumentException if a variable has neither value nor default, or something else begins like one
     */
    static String fill(String text, Function<String, Optional<String>> environment) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        for (int next = text.indexOf("${"); next >= 0; next = text.indexOf("${", at)) {
            Matcher matcher = VARIABLE.matcher(text).region(next, text.length());
            if (!matcher.lookingAt()) {
                throw new IllegalArgumentException("expected ${NAME} or ${NAME:-default}");
            }
            filled.append(text, at, next).append(value(matcher, environment));
            at = matcher.end();
        }
        return filled.append(text, at, text.length()).toString();
    }

    private static String value(Matcher variable, Function<String, Optional<String>> environment) {
        String name = variable.group("name");
        Optional<String> value = environment.apply(name);
        String other = variable.group("default");
        if (other == null) {
            return value.orElseThrow(() -> new IllegalArgumentException("the variable " + name
                    + " is not set, expected a value in the environment, or a default as ${" + name + ":-default}"));
        }
        Matcher quoted = QUOTED.matcher(other);
        return value.filter(text -> !text.isEmpty())
                .orElse(quoted.matches() ? other.substring(1, other.length() - 1) : other);
    }
}
