package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;

/** Makes JSON texts, and damages them. */
final class RandomJson {

    private static final int MAX_DEPTH = 6;

    /** What a string may have beside letters: escapes canonical and not, halves of pairs, and where orders differ. */
    private static final String[] PIECES = {
        "\\n", "\\\"", "\\\\", "\\/", "\\u0000", "\\u001f", "\\u0008", "\\u00E9", "\\u20ac", "\\ud83d\\ude00",
                "\\ud800",
        "\\uDC00", "\\ue000", "é", "€", "\uE000", "\uFFEE", "\uD83D\uDE00", "\uDBFF\uDFFF", "\u007F", "abcdefgh", " "
    };

    private static final String[] BLANKS = {"", "", "", "", " ", "\n  ", "\t", "\r\n        "};
    private static final byte[] INSERTS = "\"\\{}[]:,0e.-+ tfn\u0000\u001f".getBytes(UTF_8);

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    RandomJson(Random random) {
        this.random = random;
    }

    byte[] text() {
        out.setLength(0);
        value(0);
        return out.toString().getBytes(UTF_8);
    }

    /** The text with one byte changed, inserted or left out, or with its end cut off. */
    byte[] damaged(byte[] text) {
        int at = random.nextInt(text.length + 1);
        byte[] head = Arrays.copyOf(text, at);
        byte[] tail = Arrays.copyOfRange(text, at, text.length);
        return switch (random.nextInt(4)) {
            case 0 -> head;
            case 1 -> join(head, new byte[] {(byte) random.nextInt(256)}, withoutFirst(tail));
            case 2 -> join(head, new byte[] {INSERTS[random.nextInt(INSERTS.length)]}, tail);
            default -> join(head, withoutFirst(tail));
        };
    }

    private static byte[] withoutFirst(byte[] bytes) {
        return Arrays.copyOfRange(bytes, Math.min(1, bytes.length), bytes.length);
    }

    private static byte[] join(byte[]... parts) {
        byte[] joined =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    private void value(int depth) {
        blanks();
        switch (random.nextInt(depth > MAX_DEPTH ? 6 : 10)) {
            case 0, 1 -> string();
            case 2, 3 -> out.append(number());
            case 4 -> out.append(random.nextBoolean());
            case 5 -> out.append("null");
            case 6, 7 -> container('[', ']', 5, () -> value(depth + 1));
            default -> container('{', '}', random.nextInt(20) == 0 ? 70 : 6, () -> member(depth + 1));
        }
        blanks();
    }

    private void container(char open, char close, int size, Runnable element) {
        out.append(open);
        int count = random.nextInt(size);
        for (int i = 0; i < count; i++) {
            out.append(i == 0 ? "" : ",");
            element.run();
        }
        blanks();
        out.append(close);
    }

    private void member(int depth) {
        blanks();
        if (random.nextInt(3) == 0) {
            string();
        } else {
            String name = Integer.toString(random.nextInt(1 << random.nextInt(26)), 36);
            out.append('"')
                    .append(random.nextInt(4) == 0 ? "startslikemany" : "")
                    .append(name)
                    .append('"');
        }
        blanks();
        out.append(':');
        value(depth);
    }

    private void blanks() {
        out.append(BLANKS[random.nextInt(BLANKS.length)]);
    }

    private void string() {
        out.append('"');
        int count = random.nextInt(random.nextInt(8) == 0 ? 40 : 6);
        for (int i = 0; i < count; i++) {
            boolean letter = random.nextInt(3) > 0;
            out.append(letter ? (char) ('a' + random.nextInt(3)) : PIECES[random.nextInt(PIECES.length)]);
        }
        out.append('"');
    }

    /** A number literal of any kind, those close to midpoints between doubles among them. */
    String number() {
        String sign = random.nextInt(4) == 0 ? "-" : "";
        return sign
                + switch (random.nextInt(9)) {
                    case 0 -> "0";
                    case 1 -> Integer.toString(random.nextInt(1 << random.nextInt(30)));
                    case 2 -> Long.toString(random.nextLong() >>> 1 + random.nextInt(20));
                    case 3 -> (1 + random.nextInt(9)) + digits(25);
                    case 4 -> random.nextInt(100) + "." + digits(20) + random.nextInt(10);
                    case 5 -> "0." + "0".repeat(random.nextInt(9)) + digits(20) + random.nextInt(10);
                    case 6 -> (1 + random.nextInt(9)) + "." + digits(19) + "5E" + (random.nextInt(60) - 30);
                    case 7 -> (1 + random.nextInt(9)) + digits(19) + "e" + (random.nextInt(670) - 350);
                    default -> nearMidpoint();
                };
    }

    private String digits(int atMost) {
        StringBuilder digits = new StringBuilder();
        int count = random.nextInt(atMost + 1);
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(4) == 0 ? 0 : random.nextInt(10));
        }
        return digits.toString();
    }

    private String nearMidpoint() {
        double below = Math.abs(Double.longBitsToDouble(random.nextLong()));
        if (!(below < Double.MAX_VALUE)) {
            below = 1;
        }
        BigDecimal midpoint =
                new BigDecimal(below).add(new BigDecimal(Math.nextUp(below))).divide(BigDecimal.valueOf(2));
        RoundingMode[] modes = {RoundingMode.UP, RoundingMode.DOWN, RoundingMode.HALF_EVEN};
        int kept = random.nextInt(3) == 0 ? midpoint.precision() : 15 + random.nextInt(10);
        return midpoint.round(new MathContext(kept, modes[random.nextInt(modes.length)]))
                .toString();
    }
}
