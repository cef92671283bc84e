package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What memories of all kinds have in common. The methods named {@code with} return changed copies.
 *
 * @param title one line for people
 * @param component what it is about, if anything
 * @param version which version of that, if any
 * @param attributes strings, integers and booleans by name
 * @param artifacts the files it is about
 * @param links to earlier records
 * @param body a text or file kept beside the log
 * @param key the caller's idempotency key
 */
record Details(
        String title,
        Optional<String> component,
        Optional<String> version,
        SortedMap<String, JsonValue> attributes,
        List<Subject> artifacts,
        List<Link> links,
        Optional<Body> body,
        Optional<String> key) {

    Details {
        title = Texts.requireLine("title", title);
        attributes.forEach(Attributes::require);
        for (Subject artifact : artifacts) {
            String unused = Texts.requireUnicode("artifact", artifact.name());
        }
        attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
        artifacts = List.copyOf(artifacts);
        links = List.copyOf(links);
    }

    static Details titled(String title) {
        return new Details(
                title,
                Optional.empty(),
                Optional.empty(),
                new TreeMap<>(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    Details withComponent(String value) {
        requireUnset("component", component);
        return new Details(
                title,
                Optional.of(Texts.requireLine("component", value)),
                version,
                attributes,
                artifacts,
                links,
                body,
                key);
    }

    Details withVersion(String value) {
        requireUnset("version", version);
        return new Details(
                title,
                component,
                Optional.of(Texts.requireLine("version", value)),
                attributes,
                artifacts,
                links,
                body,
                key);
    }

    Details withAttribute(String name, JsonValue value) {
        SortedMap<String, JsonValue> more = new TreeMap<>(attributes);
        JsonValue old = more.putIfAbsent(name, requireNonNull(value, "value"));
        if (old != null) {
            throw new IllegalStateException(
                    "attribute " + Texts.shown(name) + " is already set to " + Texts.shown(Attributes.json(old)));
        }
        return new Details(title, component, version, more, artifacts, links, body, key);
    }

    Details withArtifact(Subject artifact) {
        if (artifacts.contains(artifact)) {
            throw new IllegalStateException("artifact " + Texts.shown(artifact.name()) + " with hash "
                    + artifact.digest() + " is there already");
        }
        List<Subject> more = new ArrayList<>(artifacts);
        more.add(artifact);
        return new Details(title, component, version, attributes, more, links, body, key);
    }

    Details withLink(Link link) {
        if (links.contains(link)) {
            throw new IllegalStateException("the link " + link + " is there already");
        }
        List<Link> more = new ArrayList<>(links);
        more.add(link);
        return new Details(title, component, version, attributes, artifacts, more, body, key);
    }

    Details withBody(Body text) {
        requireUnset("body", body);
        return new Details(title, component, version, attributes, artifacts, links, Optional.of(text), key);
    }

    /** With the body and attributes that are made from what a memory says, in the place of earlier ones. */
    Details withDerived(Body made, Map<String, JsonValue> derived) {
        SortedMap<String, JsonValue> all = new TreeMap<>(attributes);
        all.putAll(derived);
        return new Details(title, component, version, all, artifacts, links, Optional.of(made), key);
    }

    Details withKey(String value) {
        requireUnset("key", key);
        if (value.isEmpty()) {
            throw new IllegalArgumentException("key is empty, expected what tells one call from another");
        }
        return new Details(title, component, version, attributes, artifacts, links, body, Optional.of(value));
    }

    /** What an entry takes at the very least: each character takes a byte or more, and is written in Base64. */
    long leastBytes() {
        long characters = title.length()
                + component.map(String::length).orElse(0)
                + version.map(String::length).orElse(0)
                + 64L * (links.size() + artifacts.size());
        for (Subject artifact : artifacts) {
            characters += artifact.name().length();
        }
        for (Map.Entry<String, JsonValue> attribute : attributes.entrySet()) {
            characters += attribute.getKey().length();
            characters += attribute.getValue() instanceof JsonString text
                    ? text.value().length()
                    : 1;
        }
        return characters / 3 * 4;
    }

    private static void requireUnset(String name, Optional<?> old) {
        if (old.isPresent()) {
            throw new IllegalStateException(name + " is already set to " + Texts.shown(String.valueOf(old.get())));
        }
    }
}
