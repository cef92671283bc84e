package io.vaultmesh.spawn.verify;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The value of an attribute.
 *
 * @param source the value as it is written
 * @param code the same without the text of strings and without comments; what stands in the braces of a template is there
 */
record HclExpression(String source, String code) {

    /** What is called {@code names.of.this} and so refers to something, or is a part of it. */
    private static final Pattern NAMES = Pattern.compile("(?<![\\w.-])[A-Za-z_][\\w-]*(?:\\.[A-Za-z_][\\w-]*)+");

    /** The names that it refers to, each split at its dots. */
    Stream<List<String>> references() {
        return NAMES.matcher(code).results().map(MatchResult::group).map(names -> List.of(names.split("\\.")));
    }

    /** The text of a string without anything to fill in; the source of anything else. */
    String text() {
        return source.matches("\"[^\"\\\\$%]*\"") ? source.substring(1, source.length() - 1) : source;
    }
}
