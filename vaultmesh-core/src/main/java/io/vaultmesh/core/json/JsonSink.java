package io.vaultmesh.core.json;

/** What {@link JsonParser} tells of a JSON text, in document order. */
interface JsonSink {

    /**
     * A string begins at {@code from}, behind its quote. Finds the first byte that is no plain ASCII, and may keep what
     * comes before it.
     *
     * @return as {@link StringText#endOfPlain}
     */
    int plain(byte[] bytes, int from);

    void beginObject();

    /** The name of the member whose value comes next: what stands between its quotes, in {@code bytes[start, end)}. */
    void name(byte[] bytes, int start, int end, Escapes escapes, long offset);

    void endObject();

    void beginArray();

    void endArray();

    /** A string: what stands between its quotes, in {@code bytes[start, end)}. */
    void string(byte[] bytes, int start, int end, Escapes escapes);

    /** A number: its literal in ASCII in {@code bytes[start, end)}, valid by RFC 8259's grammar. */
    void number(byte[] bytes, int start, int end, boolean integer, long offset);

    void literal(Literal literal);

    /** Which escapes a string has; its UTF-8 and its escapes are valid in any case. */
    enum Escapes {
        /** None, and plain ASCII alone: the text is what {@link #plain} found. */
        PLAIN,
        /** None: the text is the string's own UTF-8. */
        NONE,
        /** Only such as RFC 8785 writes, so that the text is canonical as it is. */
        CANONICAL,
        /** Any. */
        ANY
    }

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
