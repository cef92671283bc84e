package io.vaultmesh.remembrancer.memory;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import java.util.Arrays;
import java.util.Locale;

/**
 * From one record to an earlier one.
 *
 * @param rel what the one is to the other
 * @param to the id of the earlier record
 */
public record Link(Rel rel, Hash to) {

    /**
     * Creates a link.
     *
     * @param rel what the one is to the other
     * @param to the id of the earlier record
     */
    public Link {
        requireNonNull(rel, "rel");
        requireNonNull(to, "to");
    }

    /** What one record is to another. */
    public enum Rel {
        /** Takes its place. */
        SUPERSEDES,
        /** Corrects or completes it. */
        AMENDS,
        /** Has to do with it. */
        RELATES,
        /** Decides about it: gives a decision another state. */
        DECIDES,
        /** Is a signature over it. */
        SIGNS,
        /** Is a timestamp over it. */
        TIMESTAMPS,
        /** Shows where it was published. */
        ANCHORS,
        /** Says that its body was erased. Only an {@link Erasure} links so. */
        ERASES;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        private static String labels() {
            return Arrays.stream(values()).map(Rel::label).collect(joining(", "));
        }

        static Rel of(String label) {
            return Arrays.stream(values())
                    .filter(rel -> rel.label().equals(label))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "rel of a link is " + Texts.shown(label) + ", expected one of " + labels()));
        }
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("rel", rel.label())
                .put("to", to.toString())
                .build();
    }

    static Link parse(JsonObject json) {
        json.only("rel", "to");
        return new Link(Rel.of(json.string("rel")), Hash.parse(json.string("to")));
    }
}
