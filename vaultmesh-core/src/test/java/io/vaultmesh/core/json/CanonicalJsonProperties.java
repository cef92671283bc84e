package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class CanonicalJsonProperties {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<String> text = Arbitraries.strings()
                .withChars('"', '\\', '/', '\u0000', '\n', '\u007f', 'é', '\uE000', '\uFFEE', 'a', 'b')
                .ofMaxLength(6);
        Arbitrary<String> wide = Arbitraries.of("\uD83D\uDE00", "\uD800\uDC00x", "\uDBFF\uDFFF");
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                text.map(Object.class::cast),
                wide.map(Object.class::cast),
                // not between 2^53 and 1e21, where a double's text is an integer that StrictJson refuses
                Arbitraries.doubles().between(-1e15, 1e15).map(Object.class::cast),
                Arbitraries.doubles().between(1e21, 1e300).map(Object.class::cast),
                Arbitraries.longs()
                        .between(-9007199254740991L, 9007199254740991L)
                        .map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast));
        return Arbitraries.recursive(
                () -> scalars,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(Object.class::cast),
                        Arbitraries.maps(Arbitraries.oneOf(text, wide), inner)
                                .ofMaxSize(6)
                                .map(Object.class::cast)),
                0,
                3);
    }

    @Property(tries = 200)
    void encodingIsTheCanonicalFormOfWhatJacksonWrites(@ForAll("values") Object value) throws Exception {
        byte[] canonical = CanonicalJson.encode(value);
        assertArrayEquals(canonical, CanonicalJson.canonicalize(JACKSON.writeValueAsBytes(value)));
        assertArrayEquals(canonical, CanonicalJson.canonicalize(canonical));
        assertArrayEquals(canonical, CanonicalJson.encode(StrictJson.parse(canonical)));
    }

    @Property(tries = 200)
    void jacksonReadsTheSameValueBack(@ForAll("values") Object value) throws Exception {
        assertEquals(
                JACKSON.readTree(JACKSON.writeValueAsBytes(normalised(value))),
                JACKSON.readTree(JACKSON.writeValueAsBytes(
                        normalised(JACKSON.readValue(CanonicalJson.encode(value), Object.class)))));
    }

    /** Every number as a double, since 1.0 is written 1. */
    private static Object normalised(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue() + 0.0;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(CanonicalJsonProperties::normalised).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            map.forEach((name, member) -> copy.put(name, normalised(member)));
            return copy;
        }
        return value;
    }

    @Property(tries = 200)
    void membersComeInTheOrderOfJavaStrings(@ForAll("values") Object a, @ForAll("values") Object b) {
        // String.compareTo is the order of UTF-16 code units, by its specification
        Map<String, Object> members = new TreeMap<>();
        members.put(new String(CanonicalJson.encode(a), UTF_8), 1);
        members.put(new String(CanonicalJson.encode(b), UTF_8), 2);
        List<String> order = List.copyOf(((JsonObject) StrictJson.parse(CanonicalJson.encode(members)))
                .members()
                .keySet());
        assertEquals(List.copyOf(members.keySet()), order);
    }

    @Property(tries = 5000)
    void numberTextReadsBackAsTheSameNumber(@ForAll @DoubleRange(min = -1.7e308, max = 1.7e308) double value) {
        String text = new String(CanonicalJson.encode(value), UTF_8);
        assertEquals(value + 0.0, Double.parseDouble(text));
    }
}
