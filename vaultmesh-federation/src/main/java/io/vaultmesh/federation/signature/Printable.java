package io.vaultmesh.federation.signature;

/** Text of ASCII that can be seen, which is all that a covered component may be. */
final class Printable {

    /** The most characters that a header field, a path or a query has. */
    static final int MOST = 8 * 1024;

    private static final int SHOWN = 60;

    private Printable() {}

    /** Whether all characters are those from the space to the tilde. */
    static boolean is(String text) {
        return text.chars().allMatch(ch -> ch >= ' ' && ch <= '~');
    }

    static void require(String what, String text) {
        if (!is(text)) {
            throw new IllegalArgumentException(what + " is " + shown(text) + ", expected printable ASCII");
        }
    }

    /** Part of what was sent, for a message to people. */
    static String shown(String text) {
        String start = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
        // what was sent must not write lines of its own into a log
        return start.codePoints()
                .map(ch -> ch == '…' || (ch >= ' ' && ch <= '~') ? ch : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
