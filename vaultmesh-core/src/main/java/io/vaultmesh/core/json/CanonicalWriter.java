package io.vaultmesh.core.json;

import io.vaultmesh.core.json.JsonException.Reason;
import java.util.Arrays;

/**
 * Writes what it is told in RFC 8785's form: members as they come, each value with a comma behind it that goes when
 * the container ends. Members that were not in order are put in order at the end. Not thread-safe.
 */
final class CanonicalWriter implements JsonSink {

    /** Room is made for a bit more than what is written in the end. */
    private static final int SPARE = 64;

    private final CanonicalNumbers numbers;
    private final int limit;
    private final OpenMembers members = new OpenMembers();
    private final Rearrangements rearrangements = new Rearrangements();
    private byte[] out;
    private int length;

    /**
     * Creates a writer.
     *
     * @param limit how many bytes it may come to; more are refused
     */
    CanonicalWriter(NumberPolicy policy, int expectedSize, int limit) {
        this.numbers = new CanonicalNumbers(policy);
        this.out = new byte[expectedSize + CanonicalNumbers.room(0)];
        this.limit = limit;
    }

    byte[] result() {
        refuseBeyondLimit(length - 1);
        return rearrangements.apply(out, length - 1); // without the last comma
    }

    @Override
    public void beginObject() {
        open('{');
        members.beginObject();
    }

    @Override
    public void beginArray() {
        open('[');
    }

    private void open(char bracket) {
        ensure(1);
        out[length++] = (byte) bracket;
    }

    @Override
    public void name(byte[] bytes, int start, int end, Escapes escapes, long offset) {
        int at = length;
        quoted(bytes, start, end, escapes);
        long key = escapes == Escapes.PLAIN ? NameOrder.key(bytes, start, end) : NameOrder.key(out, at + 1, length - 1);
        members.add(out, at, length - 1, key, offset, rearrangements.last());
        out[length++] = ':';
    }

    @Override
    public void endObject() {
        if (!members.endObject(out, length, rearrangements)) {
            dropComma();
        }
        close('}');
    }

    @Override
    public void endArray() {
        dropComma();
        close(']');
    }

    private void dropComma() {
        if (out[length - 1] == ',') {
            length--;
        }
    }

    private void close(char bracket) {
        ensure(2);
        out[length++] = (byte) bracket;
        out[length++] = ',';
    }

    @Override
    public void string(byte[] bytes, int start, int end, Escapes escapes) {
        quoted(bytes, start, end, escapes);
        out[length++] = ',';
    }

    @Override
    public int plain(byte[] bytes, int from) {
        byte[] to = out;
        int at = length + 1; // behind the quote, which is written later
        int i = from;
        for (; i <= bytes.length - Long.BYTES && at <= to.length - Long.BYTES; i += Long.BYTES, at += Long.BYTES) {
            long eight = (long) StringText.EIGHT_BYTES.get(bytes, i);
            StringText.EIGHT_BYTES.set(to, at, eight);
            long special = StringText.special(eight);
            if (special != 0) {
                return i + (Long.numberOfTrailingZeros(special) >>> 3);
            }
        }
        int end = StringText.endOfPlain(bytes, i);
        ensure(end - from + 1);
        System.arraycopy(bytes, from, out, length + 1, end - from);
        return end;
    }

    private void quoted(byte[] bytes, int start, int end, Escapes escapes) {
        int size = end - start;
        ensure(size + 3);
        int at = length;
        out[at] = '"';
        if (escapes == Escapes.ANY) {
            at = StringText.canonical(bytes, start, end, out, at + 1);
        } else {
            if (escapes != Escapes.PLAIN) {
                System.arraycopy(bytes, start, out, at + 1, size);
            }
            at += size + 1;
        }
        out[at] = '"';
        length = at + 1;
    }

    @Override
    public void number(byte[] bytes, int start, int end, boolean integer, long offset) {
        ensure(CanonicalNumbers.room(end - start) + 1);
        length = numbers.write(bytes, start, end, integer, offset, out, length);
        out[length++] = ',';
    }

    @Override
    public void literal(Literal literal) {
        String text = literal.text;
        ensure(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            out[length++] = (byte) text.charAt(i);
        }
        out[length++] = ',';
    }

    /** Writes the name of the member whose value comes next. */
    void name(String text) {
        int at = length;
        quoted(text);
        members.add(out, at, length - 1, NameOrder.key(out, at + 1, length - 1), -1, rearrangements.last());
        out[length++] = ':';
    }

    void string(String text) {
        quoted(text);
        out[length++] = ',';
    }

    private void quoted(String text) {
        long size = JavaString.canonicalLength(text);
        refuseBeyondLimit(size);
        ensure((int) size + 3);
        out[length++] = '"';
        length = JavaString.write(text, (int) size, out, length);
        out[length++] = '"';
    }

    /** Writes a finite double. */
    void number(double value) {
        ensure(EcmaScriptNumber.MAX_LENGTH + 1);
        length = EcmaScriptNumber.write(value, out, length);
        out[length++] = ',';
    }

    private void ensure(int more) {
        if (out.length - length < more) {
            grow(more);
        }
    }

    private void grow(int more) {
        long needed = (long) length + more;
        refuseBeyondLimit(needed - SPARE);
        out = Arrays.copyOf(out, (int)
                Math.min(Math.max(needed, out.length + (long) (out.length >> 1)), (long) limit + SPARE));
    }

    private void refuseBeyondLimit(long size) {
        if (size > limit) {
            throw new JsonException(
                    Reason.INPUT_TOO_LARGE,
                    -1,
                    "the canonical form has more than " + limit + " bytes, at most so many are made");
        }
    }
}
