package io.vaultmesh.core.json;

import io.vaultmesh.core.json.JsonException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a {@link JsonValue} of what it is told. */
final class TreeBuilder implements JsonSink {

    private static final double MAX_SAFE_INTEGER = 9007199254740991.0;

    /** A container that is still open: members for an object, elements for an array. */
    private static final class Open {
        final @Nullable Map<String, JsonValue> members;
        final List<JsonValue> elements;
        String name = "";

        Open(@Nullable Map<String, JsonValue> members, List<JsonValue> elements) {
            this.members = members;
            this.elements = elements;
        }
    }

    private final Deque<Open> open = new ArrayDeque<>();
    private final NumberLiteral number = new NumberLiteral();
    private @Nullable JsonValue result;

    JsonValue result() {
        if (result == null) {
            throw new IllegalStateException("no value was told of");
        }
        return result;
    }

    @Override
    public int plain(byte[] bytes, int from) {
        return StringText.endOfPlain(bytes, from);
    }

    @Override
    public void beginObject() {
        open.push(new Open(new LinkedHashMap<>(), List.of()));
    }

    @Override
    public void name(byte[] bytes, int start, int end, Escapes escapes, long offset) {
        Open object = open.element();
        object.name = text(bytes, start, end, escapes);
        if (object.members != null && object.members.containsKey(object.name)) {
            throw new JsonException(
                    Reason.DUPLICATE_KEY, offset, "the member name \"" + object.name + "\" comes twice");
        }
    }

    @Override
    public void endObject() {
        Map<String, JsonValue> members = open.pop().members;
        if (members == null) {
            throw new IllegalStateException("an array was ended as an object");
        }
        add(JsonObject.owning(members));
    }

    @Override
    public void beginArray() {
        open.push(new Open(null, new ArrayList<>()));
    }

    @Override
    public void endArray() {
        add(new JsonArray(open.pop().elements));
    }

    @Override
    public void string(byte[] bytes, int start, int end, Escapes escapes) {
        add(new JsonString(text(bytes, start, end, escapes)));
    }

    private static String text(byte[] bytes, int start, int end, Escapes escapes) {
        return escapes.compareTo(Escapes.NONE) <= 0
                ? new String(bytes, start, end - start, StandardCharsets.UTF_8)
                : StringText.decode(bytes, start, end);
    }

    @Override
    public void number(byte[] bytes, int start, int end, boolean integer, long offset) {
        number.read(bytes, start, end);
        double value = number.value();
        if (Double.isInfinite(value)) {
            throw CanonicalNumbers.outOfRange(bytes, start, end, offset);
        }
        if (integer && Math.abs(value) > MAX_SAFE_INTEGER) {
            throw new JsonException(
                    Reason.NUMBER_PRECISION_LOSS,
                    offset,
                    "the integer " + CanonicalNumbers.ascii(bytes, start, end)
                            + " is beyond 2^53 - 1, up to which every reader agrees; carry it as a string");
        }
        add(new JsonNumber(value));
    }

    @Override
    public void literal(Literal literal) {
        add(
                switch (literal) {
                    case TRUE -> new JsonBoolean(true);
                    case FALSE -> new JsonBoolean(false);
                    case NULL -> JsonNull.NULL;
                });
    }

    private void add(JsonValue value) {
        Open container = open.peek();
        if (container == null) {
            result = value;
        } else if (container.members != null) {
            container.members.put(container.name, value);
        } else {
            container.elements.add(value);
        }
    }
}
