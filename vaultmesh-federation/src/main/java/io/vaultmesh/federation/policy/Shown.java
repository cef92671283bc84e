package io.vaultmesh.federation.policy;

/** Texts of others as messages show them. */
final class Shown {

    private static final int MOST = 80;

    private Shown() {}

    /** A text, or its beginning if it is long. */
    static String text(String text) {
        return text.codePointCount(0, text.length()) <= MOST
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MOST)) + "…";
    }
}
