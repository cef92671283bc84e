package io.vaultmesh.federation.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** A mapping of a file, read key by key: what is missing, unknown or of another kind is refused with its place. */
final class Section {

    private final String path;
    private final Node.Members members;

    private Section(String path, Node.Members members) {
        this.path = path;
        this.members = members;
    }

    /** The mapping that a node is; the path is what messages call it, empty for the whole file. */
    static Section of(String path, Node node) {
        if (node instanceof Node.Members members) {
            return new Section(path, members);
        }
        throw node.at().wrong((path.isEmpty() ? "the file" : path) + " is " + node.what() + ", expected a mapping");
    }

    Place at() {
        return members.at();
    }

    boolean has(String key) {
        return members.values().containsKey(key);
    }

    /** Refuses keys that are none of these. */
    void only(String... keys) {
        List<String> known = Arrays.asList(keys);
        members.values().forEach((key, member) -> {
            if (!known.contains(key)) {
                throw member.key().wrong(path(Place.shown(key)) + " is unknown, expected " + String.join(", ", known));
            }
        });
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private Optional<Node> find(String key) {
        return Optional.ofNullable(members.values().get(key)).map(Node.Member::value);
    }

    private Node require(String key, String example) {
        return find(key)
                .orElseThrow(() -> at().wrong(path(key) + " is absent, expected for example \"" + example + "\""));
    }

    /** What a key has, read by a function that throws an IllegalArgumentException if it isn't right. */
    <T> Optional<T> text(String key, Function<String, T> read) {
        return find(key).map(node -> value(path(key), node, read));
    }

    /** The same for a key that must be there; the example is the line that may be added. */
    <T> T text(String key, String example, Function<String, T> read) {
        return value(path(key), require(key, example), read);
    }

    /** The texts of a list, which differ; empty if the key isn't there. */
    <T> Optional<List<T>> texts(String key, Function<String, T> read) {
        return find(key).map(node -> {
            List<T> texts = new ArrayList<>();
            List<Node> items = items(path(key), node);
            for (int i = 0; i < items.size(); i++) {
                T text = value(path(key) + "[" + i + "]", items.get(i), read);
                if (texts.contains(text)) {
                    throw items.get(i)
                            .at()
                            .wrong(path(key) + " has " + items.get(i).what() + " twice");
                }
                texts.add(text);
            }
            return texts;
        });
    }

    /** The same for a key that must be there. */
    <T> List<T> texts(String key, String example, Function<String, T> read) {
        Node unused = require(key, example);
        return texts(key, read).orElseThrow();
    }

    /** The mapping that a key has; an empty one if the key isn't there. */
    Section section(String key) {
        return find(key)
                .map(node -> of(path(key), node))
                .orElseGet(() -> new Section(path(key), new Node.Members(at(), Map.of())));
    }

    /** The same for a key that must be there. */
    Section section(String key, String example) {
        return of(path(key), require(key, example));
    }

    /** The mappings of a list that must be there. */
    List<Section> sections(String key, String example) {
        List<Section> sections = new ArrayList<>();
        List<Node> items = items(path(key), require(key, example));
        for (int i = 0; i < items.size(); i++) {
            sections.add(of(path(key) + "[" + i + "]", items.get(i)));
        }
        return sections;
    }

    /** Every key, read, with its value, in the order of the file. */
    <K, V> Map<K, V> all(Function<String, K> readKey, Function<String, V> readValue) {
        return all(readKey, (name, node) -> value(name, node, readValue));
    }

    /** Every key, read, with the mapping that it has. */
    <K> Map<K, Section> sections(Function<String, K> readKey) {
        return all(readKey, Section::of);
    }

    private <K, V> Map<K, V> all(Function<String, K> readKey, BiFunction<String, Node, V> readValue) {
        Map<K, V> all = new LinkedHashMap<>();
        members.values()
                .forEach((key, member) -> all.put(
                        checked(member.key(), path("key"), key, readKey), readValue.apply(path(key), member.value())));
        return all;
    }

    /** What a function makes of the section, whose refusal stands for the section as a whole. */
    <T> T made(Function<Section, T> make) {
        try {
            return make.apply(this);
        } catch (IllegalArgumentException e) {
            throw at().wrong(path + ": " + e.getMessage());
        }
    }

    private static List<Node> items(String path, Node node) {
        if (node instanceof Node.Items items) {
            return items.values();
        }
        throw node.at().wrong(path + " is " + node.what() + ", expected a list");
    }

    private static <T> T value(String path, Node node, Function<String, T> read) {
        if (!(node instanceof Node.Text text) || text.value().isEmpty()) {
            throw node.at().wrong(path + " is " + node.what() + ", expected a text or a number");
        }
        return checked(node.at(), path, text.value(), read);
    }

    private static <T> T checked(Place at, String path, String text, Function<String, T> read) {
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw at.wrong(path + " is " + Place.shown(text) + ": " + e.getMessage());
        }
    }
}
