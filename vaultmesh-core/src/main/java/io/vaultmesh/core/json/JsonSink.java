package io.vaultmesh.core.json;

/** What {@link JsonParser} and {@link ValueWalker} tell of a JSON value, in document order. */
interface JsonSink {

    void beginObject();

    /** The name of the member whose value comes next: decoded UTF-8 in {@code bytes[start, end)}. */
    void name(byte[] bytes, int start, int end, long offset);

    void endObject();

    void beginArray();

    void endArray();

    /** A string: decoded UTF-8 in {@code bytes[start, end)}; {@code plain} if nothing in it needs escaping. */
    void string(byte[] bytes, int start, int end, boolean plain);

    /** A number: its literal in ASCII in {@code bytes[start, end)}, valid by RFC 8259's grammar. */
    void number(byte[] bytes, int start, int end, boolean integer, long offset);

    void literal(Literal literal);

    /** The three literals of JSON. */
    enum Literal {
        TRUE("true"),
        FALSE("false"),
        NULL("null");

        final String text;

        Literal(String text) {
            this.text = text;
        }
    }
}
