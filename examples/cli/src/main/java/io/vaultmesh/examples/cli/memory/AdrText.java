package io.vaultmesh.examples.cli.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The three parts of a decision, as they stand in one Markdown file. The library writes the title itself, so that of the
 * file is left out; anything else that would be lost is refused.
 *
 * @param context what made a decision necessary
 * @param decision what was decided
 * @param consequences what follows from it
 */
record AdrText(String context, String decision, String consequences) {

    private static final Pattern PARTS = Pattern.compile(
            "\\s*(?:# .*\\R\\s*)?^## Context\\h*\\R((?s:.*?))"
                    + "^## Decision\\h*\\R((?s:.*?))^## Consequences\\h*\\R((?s:.*))",
            Pattern.MULTILINE);

    static AdrText parse(String name, String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(name + " is no decision, expected the headings \"## Context\","
                    + " \"## Decision\" and \"## Consequences\" in this order, after a title or nothing");
        }
        return new AdrText(parts.group(1), parts.group(2), parts.group(3));
    }
}
