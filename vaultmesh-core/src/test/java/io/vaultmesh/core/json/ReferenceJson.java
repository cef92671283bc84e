package io.vaultmesh.core.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * RFC 8785 once more, in the plainest way: the JDK decodes, Jackson reads, a map sorts by {@link String#compareTo},
 * which is the order of UTF-16 code units by its specification, and exact arithmetic finds the digits of numbers.
 */
final class ReferenceJson {

    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private ReferenceJson() {}

    /** A text that has no canonical form. */
    private static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** The canonical form; empty if the text is refused. */
    static Optional<String> canonical(byte[] json) {
        try (JsonParser parser = JACKSON.createParser(StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(json))
                .toString())) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            String text = value(parser);
            return parser.nextToken() == null ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    private static String value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> string(parser.getText());
            case VALUE_NUMBER_INT -> number(parser.getText(), true);
            case VALUE_NUMBER_FLOAT -> number(parser.getText(), false);
            default -> parser.getText();
        };
    }

    private static String object(JsonParser parser) throws IOException {
        Map<String, String> members = new TreeMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        StringJoiner text = new StringJoiner(",", "{", "}");
        for (Map.Entry<String, String> member : members.entrySet()) {
            text.add(string(member.getKey()) + ":" + member.getValue());
        }
        return text.toString();
    }

    private static String array(JsonParser parser) throws IOException {
        StringJoiner text = new StringJoiner(",", "[", "]");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            text.add(value(parser));
        }
        return text.toString();
    }

    private static String string(String value) throws Refused {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw new Refused(); // half of a surrogate pair
        }
        StringBuilder text = new StringBuilder("\"");
        for (char c : value.toCharArray()) {
            int shortForm = "\b\t\n\f\r\"\\".indexOf(c);
            if (shortForm >= 0) {
                text.append('\\').append("btnfr\"\\".charAt(shortForm));
            } else if (c < ' ') {
                text.append(String.format("\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        return text.append('"').toString();
    }

    private static String number(String literal, boolean integer) throws Refused {
        double value = Double.parseDouble(literal);
        if (Double.isInfinite(value)) {
            throw new Refused();
        }
        String text = ReferenceNumber.text(value);
        if (integer && !text.equals(literal) && new BigDecimal(literal).compareTo(new BigDecimal(value)) != 0) {
            throw new Refused(); // NumberPolicy.EXACT_INTEGERS
        }
        return text;
    }
}
