package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonBoolean;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The attributes of records: strings, integers and booleans by name, and what some of the names mean. */
final class Attributes {

    /** What the names of evidence begin with. */
    static final String EVIDENCE = "evidence:";

    private static final String SHA256 = "sha256:";

    private Attributes() {}

    static void require(String name, JsonValue value) {
        boolean scalar = value instanceof JsonString
                || value instanceof JsonBoolean
                || (value instanceof JsonNumber number && number.value() == Math.rint(number.value()));
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of an attribute is blank, expected what it is");
        }
        String unusedName = Texts.requireUnicode("the name of an attribute", name);
        if (!scalar) {
            throw new IllegalArgumentException("attribute \"" + Texts.shown(name) + "\" is a JSON " + value.type()
                    + ", expected a string, integer or boolean");
        }
        if (value instanceof JsonString text) {
            String unusedText = Texts.requireUnicode("attribute \"" + Texts.shown(name) + "\"", text.value());
        }
        if (name.startsWith(EVIDENCE)) {
            Hash unusedHash = hash(name, value);
        }
    }

    /** A value as a message shows it. */
    static String json(JsonValue value) {
        return new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
    }

    /** A hash as the value of an attribute. */
    static String text(Hash sha256) {
        return SHA256 + sha256;
    }

    /** The hash that an attribute has. */
    static Hash hash(String name, JsonValue value) {
        if (!(value instanceof JsonString text) || !text.value().startsWith(SHA256)) {
            throw notAHash(name);
        }
        try {
            return Hash.parse(text.value().substring(SHA256.length()));
        } catch (IllegalArgumentException e) {
            throw notAHash(name);
        }
    }

    private static IllegalArgumentException notAHash(String name) {
        return new IllegalArgumentException("attribute \"" + Texts.shown(name) + "\" is no hash, expected " + SHA256
                + " and 64 lower-case hex digits");
    }

    static SortedMap<String, Hash> evidence(SortedMap<String, JsonValue> attributes) {
        SortedMap<String, Hash> evidence = new TreeMap<>();
        attributes.forEach((name, value) -> {
            if (name.startsWith(EVIDENCE)) {
                evidence.put(name.substring(EVIDENCE.length()), hash(name, value));
            }
        });
        return Collections.unmodifiableSortedMap(evidence);
    }
}
