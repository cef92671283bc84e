package io.vaultmesh.scheduler.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What stands in a YAML file, with its place. */
sealed interface Yaml {

    Place at();

    /** What it is, for messages. */
    String what();

    /** A text; whether it is a number, or true, is for who asks for it. */
    record Text(Place at, String value) implements Yaml {

        @Override
        public String what() {
            return value.isEmpty() ? "empty" : Place.shown(value);
        }

        /** What a function makes of it that throws an IllegalArgumentException if it isn't right. */
        <T> T read(Function<String, T> read) {
            try {
                return read.apply(value);
            } catch (IllegalArgumentException e) {
                throw at.wrong("is " + what() + ": " + e.getMessage());
            }
        }
    }

    /** A list. */
    record Items(Place at, List<Yaml> values) implements Yaml {

        @Override
        public String what() {
            return "a list";
        }
    }

    /** Keys with what they have, in the order of the file. */
    record Members(Place at, Map<String, Member> values) implements Yaml {

        @Override
        public String what() {
            return "a mapping";
        }

        Optional<Yaml> find(String key) {
            return Optional.ofNullable(values.get(key)).map(Member::value);
        }

        Yaml require(String key, String example) {
            return find(key)
                    .orElseThrow(() -> at.wrong("has no " + key + ", expected for example \"" + example + "\""));
        }

        /** Refuses keys that are none of these. */
        void only(List<String> keys) {
            values.forEach((key, member) -> {
                if (!keys.contains(key)) {
                    throw member.key().wrong("is unknown, expected one of " + String.join(", ", keys));
                }
            });
        }
    }

    /** What a key has, with the place of the key. */
    record Member(Place key, Yaml value) {}

    /** The text that this is. */
    default Text text() {
        if (this instanceof Text text && !text.value().isEmpty()) {
            return text;
        }
        throw at().wrong("is " + what() + ", expected a text or a number");
    }

    /** The list that this is. */
    default List<Yaml> items() {
        if (this instanceof Items items) {
            return items.values();
        }
        throw at().wrong("is " + what() + ", expected a list");
    }

    /** The mapping that this is. */
    default Members members() {
        if (this instanceof Members members) {
            return members;
        }
        throw at().wrong("is " + what() + ", expected a mapping");
    }
}
