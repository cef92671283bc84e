package io.vaultmesh.core.json;

import io.vaultmesh.core.json.JsonException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes what it is told in RFC 8785's form. Members are written as they come and put in order when their object ends,
 * if they weren't; names are kept aside, decoded, for as long as their object is open.
 */
final class CanonicalWriter implements JsonSink {

    /** The ints kept for a member: its name's start and end in {@code names}, its start in {@code out}, its offset. */
    private static final int NAME_START = 0;

    private static final int NAME_END = 1;
    private static final int OUT_START = 2;
    private static final int OFFSET = 3;
    private static final int FIELDS = 4;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final NumberPolicy numbers;
    private byte[] out;
    private int length;
    private byte[] names = new byte[256];
    private int namesLength;
    private int[] members = new int[16 * FIELDS];
    private int membersLength;
    // for each open container: where its members start in `members`, or ARRAY; its lowest bit says "in order so far"
    private int[] containers = new int[16];
    private int depth;
    private boolean afterName;

    CanonicalWriter(NumberPolicy numbers, int expectedSize) {
        this.numbers = numbers;
        this.out = new byte[Math.max(expectedSize, 32)];
    }

    byte[] result() {
        return Arrays.copyOf(out, length);
    }

    @Override
    public void beginObject() {
        open('{');
    }

    @Override
    public void beginArray() {
        open('[');
    }

    private void open(char bracket) {
        beforeValue();
        put(bracket);
        if (depth + 2 > containers.length) {
            containers = Arrays.copyOf(containers, containers.length * 2);
        }
        containers[depth++] = membersLength;
        containers[depth++] = 1; // in order so far
    }

    @Override
    public void name(byte[] bytes, int start, int end, long offset) {
        if (out[length - 1] != '{') {
            put(',');
        }
        if (membersLength + FIELDS > members.length) {
            members = Arrays.copyOf(members, members.length * 2);
        }
        int size = end - start;
        if (namesLength + size > names.length) {
            names = Arrays.copyOf(names, Math.max(names.length * 2, namesLength + size));
        }
        System.arraycopy(bytes, start, names, namesLength, size);
        int member = membersLength;
        members[member + NAME_START] = namesLength;
        members[member + NAME_END] = namesLength + size;
        members[member + OUT_START] = length;
        members[member + OFFSET] = (int) offset;
        namesLength += size;
        membersLength += FIELDS;
        if (member > containers[depth - 2] && compare(member - FIELDS, member) >= 0) {
            containers[depth - 1] = 0;
        }
        quoted(names, namesLength - size, namesLength);
        put(':');
        afterName = true;
    }

    @Override
    public void endObject() {
        int first = containers[depth - 2];
        if (containers[depth - 1] == 0) {
            sort(first);
        }
        if (membersLength > first) {
            namesLength = members[first + NAME_START];
            membersLength = first;
        }
        depth -= 2;
        put('}');
    }

    @Override
    public void endArray() {
        depth -= 2;
        put(']');
    }

    @Override
    public void string(byte[] bytes, int start, int end, boolean plain) {
        beforeValue();
        if (plain) {
            ensure(end - start + 2);
            out[length++] = '"';
            System.arraycopy(bytes, start, out, length, end - start);
            length += end - start;
            out[length++] = '"';
        } else {
            quoted(bytes, start, end);
        }
    }

    @Override
    public void number(byte[] bytes, int start, int end, boolean integer, long offset) {
        beforeValue();
        String literal = EcmaScriptNumber.literal(bytes, start, end);
        ascii(EcmaScriptNumber.canonical(literal, integer, numbers, offset));
    }

    @Override
    public void literal(Literal literal) {
        beforeValue();
        ascii(literal.text);
    }

    private void beforeValue() {
        if (afterName) {
            afterName = false;
        } else if (depth > 0 && out[length - 1] != '[') {
            put(',');
        }
    }

    private int compare(int a, int b) {
        return Utf8.compareUtf16(
                names, members[a + NAME_START], members[a + NAME_END], members[b + NAME_START], members[b + NAME_END]);
    }

    /** Puts the members of the object that now ends in order, in {@code out}. */
    private void sort(int first) {
        int count = (membersLength - first) / FIELDS;
        Integer[] order = new Integer[count];
        Arrays.setAll(order, i -> first + i * FIELDS);
        Arrays.sort(order, this::compare);
        for (int i = 1; i < count; i++) {
            if (compare(order[i - 1], order[i]) == 0) {
                throw duplicate(Math.max(order[i - 1], order[i]));
            }
        }
        int start = members[first + OUT_START];
        byte[] unordered = Arrays.copyOfRange(out, start, length);
        int to = start;
        for (int member : order) {
            if (to > start) {
                out[to++] = ',';
            }
            int from = members[member + OUT_START] - start;
            int next = member + FIELDS;
            int end = next < membersLength ? members[next + OUT_START] - 1 - start : unordered.length;
            System.arraycopy(unordered, from, out, to, end - from);
            to += end - from;
        }
    }

    private JsonException duplicate(int member) {
        int start = members[member + NAME_START];
        String name = new String(names, start, members[member + NAME_END] - start, StandardCharsets.UTF_8);
        return new JsonException(
                Reason.DUPLICATE_KEY, members[member + OFFSET], "the member name \"" + name + "\" comes twice");
    }

    private void quoted(byte[] bytes, int start, int end) {
        int controls = 0;
        int escaped = 0;
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            controls += isControl(b) ? 1 : 0;
            escaped += b == '"' || b == '\\' ? 1 : 0;
        }
        ensure(end - start + 2 + escaped + controls * 5);
        out[length++] = '"';
        for (int i = start; i < end; i++) {
            byte b = bytes[i];
            if (isControl(b)) {
                control(b);
            } else {
                if (b == '"' || b == '\\') {
                    out[length++] = '\\';
                }
                out[length++] = b;
            }
        }
        out[length++] = '"';
    }

    private static boolean isControl(byte b) {
        return b >= 0 && b < 0x20;
    }

    private void control(byte b) {
        out[length++] = '\\';
        switch (b) {
            case '\b' -> out[length++] = 'b';
            case '\t' -> out[length++] = 't';
            case '\n' -> out[length++] = 'n';
            case '\f' -> out[length++] = 'f';
            case '\r' -> out[length++] = 'r';
            default -> {
                out[length++] = 'u';
                out[length++] = '0';
                out[length++] = '0';
                out[length++] = HEX[b >> 4];
                out[length++] = HEX[b & 0xF];
            }
        }
    }

    @SuppressWarnings("deprecation") // the one String method that copies the low bytes of ASCII without a table
    private void ascii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), out, length);
        length += text.length();
    }

    private void put(char ch) {
        ensure(1);
        out[length++] = (byte) ch;
    }

    private void ensure(int more) {
        if (length + more > out.length) {
            out = Arrays.copyOf(out, Math.max(length + more, Math.addExact(out.length, out.length >> 1)));
        }
    }
}
