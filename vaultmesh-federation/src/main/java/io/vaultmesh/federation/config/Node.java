package io.vaultmesh.federation.config;

import java.util.List;
import java.util.Map;

/** What stands in a YAML file, with its place. */
sealed interface Node {

    Place at();

    /** What it is, for messages. */
    String what();

    /** A text; whether it is a number, or true, is for who asks for it. */
    record Text(Place at, String value) implements Node {

        @Override
        public String what() {
            return value.isEmpty() ? "empty" : Place.shown(value);
        }
    }

    /** A list. */
    record Items(Place at, List<Node> values) implements Node {

        @Override
        public String what() {
            return "a list";
        }
    }

    /** Keys with what they have, in the order of the file. */
    record Members(Place at, Map<String, Member> values) implements Node {

        @Override
        public String what() {
            return "a mapping";
        }
    }

    /** What a key has, with the place of the key. */
    record Member(Place key, Node value) {}
}
