package io.vaultmesh.core.json;

import java.util.List;

/**
 * A JSON array.
 *
 * @param elements its elements, in order; the list is copied
 */
public record JsonArray(List<JsonValue> elements) implements JsonValue {

    /**
     * Creates an array.
     *
     * @param elements its elements, in order; the list is copied
     */
    public JsonArray {
        elements = List.copyOf(elements);
    }

    /**
     * An array of strings.
     *
     * @param strings the strings, in order
     * @return the array
     */
    public static JsonArray ofStrings(List<String> strings) {
        return new JsonArray(strings.stream().<JsonValue>map(JsonString::new).toList());
    }

    /**
     * The elements, which must all be objects.
     *
     * @return the elements, in order
     * @throws IllegalArgumentException if one is not an object; the message gives its index
     */
    public List<JsonObject> objects() {
        return all(JsonObject.class, "an object");
    }

    /**
     * The elements, which must all be strings.
     *
     * @return the strings, in order
     * @throws IllegalArgumentException if one is not a string; the message gives its index
     */
    public List<String> strings() {
        return all(JsonString.class, "a string").stream().map(JsonString::value).toList();
    }

    private <T extends JsonValue> List<T> all(Class<T> type, String name) {
        for (int i = 0; i < elements.size(); i++) {
            if (!type.isInstance(elements.get(i))) {
                throw new IllegalArgumentException(
                        "element " + i + " is a JSON " + elements.get(i).type() + ", expected " + name);
            }
        }
        return elements.stream().map(type::cast).toList();
    }

    @Override
    public String type() {
        return "array";
    }
}
