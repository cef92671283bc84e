package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name of a namespace: one to four parts joined by {@code :}, each of up to 63 lower-case letters, digits, {@code .},
 * {@code _} and {@code -}, beginning with a letter or digit. For example {@code dao:vaultmesh}.
 *
 * @param value the name
 */
public record NamespaceName(String value) {

    private static final String PART = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final Pattern NAME = Pattern.compile(PART + "(:" + PART + "){0,3}");

    /** The namespace that is used where none is named. */
    public static final NamespaceName MAIN = new NamespaceName("main");

    /**
     * Creates a name.
     *
     * @param value the name
     * @throws IllegalArgumentException if it is not a legal one
     */
    public NamespaceName {
        requireNonNull(value, "value");
        if (!NAME.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "namespace is \"" + value
                            + "\", expected one to four parts joined by ':', each of lower-case letters, digits, '.', '_', '-'");
        }
    }

    /**
     * The name as it is written on disk, in URLs and in origins: with {@code ~} for {@code :}, so that no namespace's
     * path lies inside another's.
     *
     * @return the name as one part of a path
     */
    public String pathName() {
        return value.replace(':', '~');
    }

    /**
     * The name that is written as a part of a path.
     *
     * @param pathName the part
     * @return the name
     * @throws IllegalArgumentException if it is not the {@link #pathName()} of a legal name
     */
    public static NamespaceName ofPathName(String pathName) {
        if (pathName.indexOf(':') >= 0) {
            throw new IllegalArgumentException("\"" + pathName + "\" is not the path name of a namespace");
        }
        return new NamespaceName(pathName.replace('~', ':'));
    }

    @Override
    public String toString() {
        return value;
    }
}
