package io.vaultmesh.spawn.spec;

import java.util.List;
import java.util.Optional;

/**
 * The name of a service: the same on disk, in package registries, in host names and in source code.
 *
 * <p>A name consists of lower-case ASCII letters, digits and single hyphens; it starts with a letter, doesn't end with a
 * hyphen and has at most 63 characters, so that it is a label of the domain name system too. Reserved are:
 *
 * <ul>
 *   <li>the names of Windows devices ({@code con}, {@code nul}, {@code com1}…), which no file there can have;
 *   <li>keywords of Python ({@code import}, {@code class}…), and {@code null} and {@code true} and the like;
 *   <li>modules of Python's standard library ({@code json}, {@code logging}, {@code queue}…): a package of that name
 *       would hide the module from everything that the service imports;
 *   <li>packages that a generated service or its tools import ({@code fastapi}, {@code pytest}…), for the same reason;
 *   <li>directories that a project has anyway ({@code src}, {@code tests}, {@code docs}, {@code build}…).
 * </ul>
 *
 * <p>Hyphens count as underscores here: {@code py-compile} is reserved because of {@code py_compile}. The list is the
 * same for every language, so that a service can be written anew in another one and keep its name.
 *
 * <p>Immutable and thread-safe.
 *
 * @param value the name
 */
public record ServiceName(String value) {

    static final int MAX_LENGTH = 63;
    private static final String EXPECTED =
            "lower-case letters a-z, digits and single hyphens, first a letter, last not a"
                    + " hyphen, at most 63 characters";

    /**
     * Creates a name.
     *
     * @param value the name
     * @throws SpecException if it breaks one of the rules; the message says which
     */
    public ServiceName {
        problem(value).ifPresent(problem -> {
            throw new SpecException(List.of(problem));
        });
    }

    /**
     * A name from its text.
     *
     * @param value the name
     * @return the name
     * @throws SpecException if it breaks one of the rules; the message says which
     */
    public static ServiceName of(String value) {
        return new ServiceName(value);
    }

    static Optional<SpecProblem> problem(String value) {
        String complaint = complaint(value);
        if (!complaint.isEmpty()) {
            return Optional.of(new SpecProblem("name", value, complaint, EXPECTED));
        }
        return ReservedNames.reason(value)
                .map(reason -> new SpecProblem("name", value, "is reserved: " + reason, "another name"));
    }

    private static String complaint(String value) {
        if (value.isEmpty()) {
            return "is empty";
        }
        if (value.contains("..")) {
            return "contains \"..\"";
        }
        for (int c : value.codePoints().toArray()) {
            if (!isAllowed(c)) {
                return "contains " + describe(c);
            }
        }
        if (value.length() > MAX_LENGTH) {
            return "has " + value.length() + " characters";
        }
        if (value.charAt(0) < 'a') {
            return "starts with " + value.charAt(0);
        }
        if (value.endsWith("-")) {
            return "ends with a hyphen";
        }
        return value.contains("--") ? "contains two hyphens in a row" : "";
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }

    private static String describe(int c) {
        if (c > 0x7E || c < 0x20) {
            return (c < 0x80 ? "the control character " : "the non-ASCII character ") + Texts.name(c);
        }
        String shown = Character.toString(c);
        return switch (c) {
            case '/', '\\' -> "the path separator " + shown;
            case '"', '\'', '`' -> "the quote " + shown;
            case ' ' -> "a space";
            default -> (c >= 'A' && c <= 'Z' ? "the upper-case letter " : "the character ") + shown;
        };
    }

    /** The name itself. */
    @Override
    public String toString() {
        return value;
    }
}
