package io.vaultmesh.federation.merge;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What the authors of a set contradicted themselves in. An author may do so as often as it likes: another record of the
 * same number costs its id alone, and a conflict is told again when it has twice as many. Not thread-safe.
 */
final class Contradictions {

    private record Numbered(String author, long seq) {}

    private static final class Evidence {
        private final List<Hash> ids = new ArrayList<>();
        private int told;
    }

    private final NamespaceName namespace;
    private final Map<Numbered, Evidence> evidence =
            new TreeMap<>(Comparator.comparing(Numbered::author).thenComparing(Numbered::seq));
    private final Map<Numbered, Evidence> toTell = new LinkedHashMap<>();

    Contradictions(NamespaceName namespace) {
        this.namespace = namespace;
    }

    /** Another record has a number that one had before. */
    void add(Predicate predicate, Hash id, Supplier<Hash> first) {
        Numbered number = new Numbered(predicate.author(), predicate.seq());
        Evidence known = evidence.computeIfAbsent(number, any -> new Evidence());
        if (known.ids.isEmpty()) {
            known.ids.add(first.get());
        }
        known.ids.add(id);
        if (known.ids.size() >= 2 * known.told) {
            toTell.put(number, known);
        }
    }

    List<Conflict> all() {
        return conflicts(evidence);
    }

    /** Those that were found, or have twice as many records as when they were told last. */
    List<Conflict> takeNew() {
        List<Conflict> found = conflicts(toTell);
        toTell.values().forEach(told -> told.told = told.ids.size());
        toTell.clear();
        return found;
    }

    private List<Conflict> conflicts(Map<Numbered, Evidence> some) {
        List<Conflict> conflicts = new ArrayList<>();
        some.forEach(
                (number, known) -> conflicts.add(new Conflict(namespace, number.author(), number.seq(), known.ids)));
        return List.copyOf(conflicts);
    }
}
