package io.vaultmesh.federation.policy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A regular expression of a subset in which there is nothing to try out: it is matched in one pass over the text, and means
 * the same in every dialect. A backtracking matcher would let whoever writes a record decide how long it takes.
 *
 * <pre>
 * pattern = "^" {item} ["$"]
 * item    = atom ["*" | "+" | "?" | "{n}" | "{n,}" | "{n,m}"]         n and m at most 1000
 * atom    = character | "\" special | "[" ["^"] {character | "\" special | character "-" character} "]"
 * </pre>
 *
 * <p>Characters are those of printable ASCII; {@code ^ $ \ . * + ? ( ) [ ] { } |} stand for themselves after a
 * backslash, {@code -} in a class too, and {@code /} with and without one. What can follow an item that may be repeated begins with none of the item's characters.
 * There are no groups, no alternatives and no dot. Immutable and thread-safe.
 */
final class BoundedPattern {

    private static final int MAX_LENGTH = 256;
    private static final int MAX_COUNT = 1000;
    private static final int UNBOUNDED = Integer.MAX_VALUE;
    private static final int ASCII = 128;
    private static final String SPECIAL = "^$\\.*+?()[]{}|";

    private final List<Item> items;
    private final boolean toTheEnd;

    private BoundedPattern(List<Item> items, boolean toTheEnd) {
        this.items = items;
        this.toTheEnd = toTheEnd;
    }

    /**
     * So many characters of a class.
     *
     * @param among the characters: bit 128 stands for all that are not ASCII
     * @param least how many at least
     * @param most how many at most
     */
    private record Item(BitSet among, int least, int most) {
        boolean has(int codePoint) {
            return among.get(Math.min(codePoint, ASCII));
        }
    }

    /** Reads a pattern; the message of the exception says what can't be in one. */
    static BoundedPattern parse(String text) {
        return new Parser(text).parse();
    }

    /** Whether a text begins with what the pattern says, and ends there if the pattern does. */
    boolean matches(String text) {
        int at = 0;
        for (Item item : items) {
            int count = 0;
            while (count < item.most && at < text.length() && item.has(text.codePointAt(at))) {
                at += Character.charCount(text.codePointAt(at));
                count++;
            }
            if (count < item.least) {
                return false;
            }
        }
        return !toTheEnd || at == text.length();
    }

    private static final class Parser {

        private final String text;
        private int at;

        Parser(String text) {
            this.text = text;
        }

        BoundedPattern parse() {
            if (text.length() > MAX_LENGTH) {
                throw refused("has " + text.length() + " characters", "at most " + MAX_LENGTH);
            }
            if (!take('^')) {
                throw refused("doesn't begin with ^", "a pattern that is bound to the text's beginning");
            }
            List<Item> items = new ArrayList<>();
            boolean toTheEnd = false;
            while (at < text.length()) {
                if (at == text.length() - 1 && take('$')) {
                    toTheEnd = true;
                } else {
                    items.add(item());
                }
            }
            for (int i = 0; i < items.size(); i++) {
                requireNoChoice(items, i);
            }
            return new BoundedPattern(List.copyOf(items), toTheEnd);
        }

        private Item item() {
            BitSet among = atom();
            if (take('*')) {
                return new Item(among, 0, UNBOUNDED);
            }
            if (take('+')) {
                return new Item(among, 1, UNBOUNDED);
            }
            if (take('?')) {
                return new Item(among, 0, 1);
            }
            if (!take('{')) {
                return new Item(among, 1, 1);
            }
            int least = number();
            int most = least;
            if (take(',')) {
                most = peek() == '}' ? UNBOUNDED : number();
            }
            if (!take('}') || most < least) {
                throw refused("has a wrong count before character " + at, "{n}, {n,} or {n,m}");
            }
            return new Item(among, least, most);
        }

        private BitSet atom() {
            BitSet among = new BitSet(ASCII + 1);
            if (!take('[')) {
                among.set(character(SPECIAL));
                return among;
            }
            boolean allBut = take('^');
            do {
                int first = character(SPECIAL + "-");
                int last = take('-') ? character(SPECIAL + "-") : first;
                if (last < first) {
                    throw refused("has a range that ends before it begins, before character " + at, "as a-z");
                }
                among.set(first, last + 1);
            } while (!take(']'));
            if (allBut) {
                among.flip(0, ASCII + 1);
            }
            return among;
        }

        private int character(String special) {
            boolean escaped = take('\\');
            int c = peek();
            if (c < ' ' || c > '~' || (escaped != special.indexOf(c) >= 0 && c != '/')) {
                throw refused(
                        "has what isn't allowed at character " + at,
                        "printable ASCII, of which " + special + " and no other after a backslash");
            }
            at++;
            return c;
        }

        private int number() {
            int number = 0;
            int start = at;
            while (peek() >= '0' && peek() <= '9') {
                number = number * 10 + peek() - '0';
                at++;
                if (number > MAX_COUNT) {
                    throw refused("repeats more often than may be", "at most " + MAX_COUNT);
                }
            }
            if (at == start) {
                throw refused("has no count at character " + at, "a number");
            }
            return number;
        }

        /** The next character; -1 at the end. */
        private int peek() {
            return at < text.length() ? text.charAt(at) : -1;
        }

        private boolean take(char expected) {
            boolean there = peek() == expected;
            at += there ? 1 : 0;
            return there;
        }

        /** An item that takes all it can must never have taken what a later one needs. */
        private void requireNoChoice(List<Item> items, int i) {
            Item item = items.get(i);
            if (item.least == item.most) {
                return;
            }
            for (Item next : items.subList(i + 1, items.size())) {
                if (item.among.intersects(next.among)) {
                    throw refused(
                            "repeats item " + (i + 1) + " before one that begins with the same characters",
                            "others, so that it can be matched in one way only");
                }
                if (next.least > 0) {
                    return;
                }
            }
        }

        private IllegalArgumentException refused(String what, String expected) {
            return new IllegalArgumentException(
                    "pattern \"" + Shown.text(text) + "\" " + what + ", expected " + expected);
        }
    }
}
