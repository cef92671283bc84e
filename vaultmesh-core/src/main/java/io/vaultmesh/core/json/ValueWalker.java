package io.vaultmesh.core.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.vaultmesh.core.json.JsonException.Reason;
import io.vaultmesh.core.json.JsonSink.Literal;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells a {@link CanonicalWriter} of a Java value. Without recursion, so that a deep or cyclic value costs no stack. */
final class ValueWalker {

    private final CanonicalWriter writer;
    private final int maxDepth;
    private final Deque<Iterator<?>> open = new ArrayDeque<>();

    private ValueWalker(CanonicalWriter writer, int maxDepth) {
        this.writer = writer;
        this.maxDepth = maxDepth;
    }

    static void walk(@Nullable Object value, CanonicalWriter writer, int maxDepth) {
        new ValueWalker(writer, maxDepth).walk(value);
    }

    private void walk(@Nullable Object root) {
        value(root);
        while (!open.isEmpty()) {
            Iterator<?> container = open.peek();
            if (!container.hasNext()) {
                open.pop();
                if (container instanceof Members) {
                    writer.endObject();
                } else {
                    writer.endArray();
                }
            } else if (container instanceof Members members) {
                Map.Entry<?, ?> member = members.next();
                name(member.getKey());
                value(member.getValue());
            } else {
                value(container.next());
            }
        }
    }

    /** Marks the iterators whose elements are members, not elements. */
    private record Members(Iterator<? extends Map.Entry<?, ?>> iterator) implements Iterator<Map.Entry<?, ?>> {
        @Override
        public boolean hasNext() {
            return iterator.hasNext();
        }

        @Override
        public Map.Entry<?, ?> next() {
            return iterator.next();
        }
    }

    private void name(@Nullable Object key) {
        if (!(key instanceof CharSequence)) {
            throw unsupported("a member name of " + describe(key) + ", expected a string");
        }
        writer.name(key.toString());
    }

    private void value(@Nullable Object given) {
        Object value = given;
        while (value instanceof Optional<?> optional) {
            value = optional.orElse(null);
        }
        if (value == null || value instanceof JsonNull) {
            writer.literal(Literal.NULL);
        } else if (value instanceof JsonNode node) {
            node(node);
        } else if (value instanceof JsonValue json) {
            json(json);
        } else if (value instanceof CharSequence text) {
            string(text.toString());
        } else if (value instanceof Boolean bool) {
            writer.literal(bool ? Literal.TRUE : Literal.FALSE);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof Map<?, ?> map) {
            members(map.entrySet().iterator());
        } else if (value instanceof Iterable<?> elements) {
            elements(elements.iterator());
        } else if (value instanceof Object[] elements) {
            elements(Arrays.asList(elements).iterator());
        } else if (value instanceof Enum<?> constant) {
            string(constant.name());
        } else if (value instanceof Record members) {
            members(components(members).entrySet().iterator());
        } else {
            throw unsupported("a value of " + describe(value)
                    + ", expected a string, number, boolean, null, map, list, record, enum, JsonNode or JsonValue");
        }
    }

    private void json(JsonValue json) {
        if (json instanceof JsonObject object) {
            members(object.members().entrySet().iterator());
        } else if (json instanceof JsonArray array) {
            elements(array.elements().iterator());
        } else if (json instanceof JsonString string) {
            string(string.value());
        } else if (json instanceof JsonNumber number) {
            number(number.value());
        } else {
            writer.literal(((JsonBoolean) json).value() ? Literal.TRUE : Literal.FALSE);
        }
    }

    private void node(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> members(node.properties().iterator());
            case ARRAY -> elements(node.elements());
            case STRING -> string(node.textValue());
            case NUMBER -> number(node.numberValue());
            case BOOLEAN -> writer.literal(node.booleanValue() ? Literal.TRUE : Literal.FALSE);
            case NULL -> writer.literal(Literal.NULL);
            case BINARY, MISSING, POJO ->
                throw unsupported(
                        "a Jackson node of type " + node.getNodeType() + ", expected one that JSON text can give");
        }
    }

    private void members(Iterator<? extends Map.Entry<?, ?>> members) {
        enter(new Members(members));
        writer.beginObject();
    }

    private void elements(Iterator<?> elements) {
        enter(elements);
        writer.beginArray();
    }

    private void enter(Iterator<?> container) {
        if (open.size() == maxDepth) {
            throw new JsonException(
                    Reason.NESTING_TOO_DEEP,
                    -1,
                    "the value is nested deeper than " + maxDepth + " levels (does it contain itself?)");
        }
        open.push(container);
    }

    private void string(String text) {
        writer.string(text);
    }

    private void number(Number number) {
        if (number instanceof Double || number instanceof Float) {
            double value = number.doubleValue();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new JsonException(
                        Reason.NUMBER_OUT_OF_RANGE,
                        -1,
                        "the number " + value + " has no JSON form, expected a finite one");
            }
            writer.number(value);
        } else if (number instanceof BigInteger integer && integer.bitLength() > Double.MAX_EXPONENT + 1) {
            // before its text is made, which takes long for a very large one
            throw new JsonException(
                    Reason.NUMBER_OUT_OF_RANGE,
                    -1,
                    "an integer of " + integer.bitLength()
                            + " bits is beyond the largest double, 1.7976931348623157e308");
        } else if (number instanceof BigDecimal decimal) {
            literal(decimal.toString(), decimal.scale() == 0);
        } else if (number instanceof Long
                || number instanceof Integer
                || number instanceof Short
                || number instanceof Byte
                || number instanceof BigInteger) {
            literal(number.toString(), true);
        } else {
            throw unsupported("a number of " + describe(number) + ", expected one of java.lang or java.math");
        }
    }

    private void literal(String literal, boolean integer) {
        byte[] ascii = literal.getBytes(StandardCharsets.US_ASCII);
        writer.number(ascii, 0, ascii.length, integer, -1);
    }

    private static Map<String, @Nullable Object> components(Record value) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                members.put(component.getName(), accessor.invoke(value));
            } catch (ReflectiveOperationException | RuntimeException e) {
                JsonException refused = unsupported("the component " + component.getName() + " of record "
                        + value.getClass().getName() + ", which can't be read: " + e);
                refused.initCause(e);
                throw refused;
            }
        }
        return Collections.unmodifiableMap(members);
    }

    private static String describe(@Nullable Object value) {
        return value == null ? "null" : value.getClass().getName();
    }

    private static JsonException unsupported(String what) {
        return new JsonException(Reason.UNSUPPORTED_TYPE, -1, "JSON has no form for " + what);
    }
}
