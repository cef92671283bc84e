package io.vaultmesh.core.json;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object: members by name. Equal to another one with the same members in any order.
 *
 * <p>The methods that read a member state what they expect: a member that is missing or of another type is an {@link
 * IllegalArgumentException} that names it.
 */
public final class JsonObject implements JsonValue {

    private static final double MAX_SAFE_INTEGER = 9007199254740991.0;

    private final Map<String, JsonValue> members;

    private JsonObject(Map<String, JsonValue> members) {
        this.members = members;
    }

    /** The object whose members are those of a map that nobody else changes any more. */
    static JsonObject owning(Map<String, JsonValue> members) {
        return new JsonObject(Collections.unmodifiableMap(members));
    }

    /**
     * An empty builder.
     *
     * @return the builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * All members, in the order in which they were read or put.
     *
     * @return an unmodifiable map
     */
    public Map<String, JsonValue> members() {
        return members;
    }

    /**
     * A member that may be missing.
     *
     * @param name its name
     * @return its value; empty if there is no such member
     */
    public Optional<JsonValue> get(String name) {
        return Optional.ofNullable(members.get(requireNonNull(name, "name")));
    }

    /**
     * A string member.
     *
     * @param name its name
     * @return its characters
     */
    public String string(String name) {
        return member(name, JsonString.class, "a string").value();
    }

    /**
     * A string member that may be missing.
     *
     * @param name its name
     * @return its characters; empty if there is no such member
     */
    public Optional<String> optionalString(String name) {
        return get(name).map(present -> string(name));
    }

    /**
     * An integer member.
     *
     * @param name its name
     * @return its value, at most 2^53 - 1 in magnitude
     */
    public long integer(String name) {
        double value = member(name, JsonNumber.class, "a number").value();
        if (value != Math.rint(value) || Math.abs(value) > MAX_SAFE_INTEGER) {
            throw new IllegalArgumentException("member " + name + " is " + value + ", expected an integer");
        }
        return (long) value;
    }

    /**
     * A boolean member.
     *
     * @param name its name
     * @return its value
     */
    public boolean bool(String name) {
        return member(name, JsonBoolean.class, "a boolean").value();
    }

    /**
     * An object member.
     *
     * @param name its name
     * @return its value
     */
    public JsonObject object(String name) {
        return member(name, JsonObject.class, "an object");
    }

    /**
     * An array member.
     *
     * @param name its name
     * @return its value
     */
    public JsonArray array(String name) {
        return member(name, JsonArray.class, "an array");
    }

    private <T extends JsonValue> T member(String name, Class<T> type, String typeName) {
        JsonValue value = members.get(requireNonNull(name, "name"));
        if (value == null) {
            throw new IllegalArgumentException("member " + name + " is missing, expected " + typeName);
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(
                    "member " + name + " is a JSON " + value.type() + ", expected " + typeName);
        }
        return type.cast(value);
    }

    /**
     * Returns this object if it has no members but the named ones.
     *
     * @param names the names that are known
     * @return this object
     * @throws IllegalArgumentException if it has another member
     */
    @CanIgnoreReturnValue
    public JsonObject only(String... names) {
        Set<String> known = Set.of(names);
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "member " + name + " is unknown, expected only " + String.join(", ", names));
            }
        }
        return this;
    }

    @Override
    public String type() {
        return "object";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "JsonObject" + members;
    }

    /** Collects members. Refuses a second value for a name. Not thread-safe. */
    public static final class Builder {

        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private Builder() {}

        /**
         * Adds a member.
         *
         * @param name its name
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException if there is a member of that name
         */
        @CanIgnoreReturnValue
        public Builder put(String name, JsonValue value) {
            JsonValue old = members.putIfAbsent(requireNonNull(name, "name"), requireNonNull(value, "value"));
            if (old != null) {
                throw new IllegalArgumentException("member " + name + " is already " + old);
            }
            return this;
        }

        /**
         * Adds a string member.
         *
         * @param name its name
         * @param value its characters
         * @return this builder
         * @throws IllegalArgumentException if there is a member of that name
         */
        @CanIgnoreReturnValue
        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        /**
         * Adds an integer member.
         *
         * @param name its name
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException if there is a member of that name, or the value is beyond 2^53 - 1
         */
        @CanIgnoreReturnValue
        public Builder put(String name, long value) {
            if (Math.abs((double) value) > MAX_SAFE_INTEGER) {
                throw new IllegalArgumentException(
                        "member " + name + " is " + value + ", expected at most 2^53 - 1; put it as a string");
            }
            return put(name, new JsonNumber(value));
        }

        /**
         * Adds a boolean member.
         *
         * @param name its name
         * @param value its value
         * @return this builder
         * @throws IllegalArgumentException if there is a member of that name
         */
        @CanIgnoreReturnValue
        public Builder put(String name, boolean value) {
            return put(name, new JsonBoolean(value));
        }

        /**
         * The object with the members added so far.
         *
         * @return the object
         */
        public JsonObject build() {
            return owning(new LinkedHashMap<>(members));
        }
    }
}
