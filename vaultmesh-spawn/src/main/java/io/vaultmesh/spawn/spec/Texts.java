package io.vaultmesh.spawn.spec;

import java.util.Optional;

/** The rule for free text in a specification, and a way to show text that breaks it. */
final class Texts {

    private static final int SHOWN = 80;
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Texts() {}

    /** What is wrong with a text that must fit on one line and look the same to whoever reads it. */
    static Optional<SpecProblem> problem(String field, String text, int max) {
        return complaint(text, max)
                .map(complaint -> new SpecProblem(
                        field,
                        text,
                        complaint,
                        "one line of 1 to " + max + " visible characters, without a space at either end"));
    }

    private static Optional<String> complaint(String text, int max) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        int length = text.codePointCount(0, text.length());
        if (length > max) {
            return Optional.of("has " + length + " characters");
        }
        Optional<String> invisible = text.codePoints()
                .mapToObj(Texts::complaint)
                .flatMap(Optional::stream)
                .findFirst();
        if (invisible.isPresent()) {
            return invisible;
        }
        if (isSpace(text.codePointAt(0)) || isSpace(text.codePointBefore(text.length()))) {
            return Optional.of("starts or ends with a space");
        }
        return Optional.empty();
    }

    private static Optional<String> complaint(int c) {
        if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) {
            return Optional.of("contains the line break " + name(c));
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL -> Optional.of("contains the control character " + name(c));
            case Character.SURROGATE -> Optional.of("contains half of a surrogate pair, " + name(c));
            // U+202E and its kin make a text read differently from what it says; joiners only shape letters and emoji
            case Character.FORMAT ->
                c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER
                        ? Optional.empty()
                        : Optional.of("contains the invisible formatting character " + name(c));
            default ->
                isNoncharacter(c) ? Optional.of("contains " + name(c) + ", which is no character") : Optional.empty();
        };
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
    }

    private static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** A character's code in the way in which Unicode writes it. */
    static String name(int c) {
        return String.format("U+%04X", c);
    }

    /** A text in quotes, on one line, cut after 80 characters, with everything invisible made visible. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().limit(SHOWN).forEach(c -> {
            if (complaint(c).isPresent()) {
                out.append(c > 0xFFFF ? String.format("\\U%08x", c) : String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append(text.codePointCount(0, text.length()) > SHOWN ? "…\"" : "\"")
                .toString();
    }
}
