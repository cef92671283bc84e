package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.examples.benchmarks.Side.Benchmarked;
import java.util.List;
import java.util.Set;

/**
 * What is measured against what.
 *
 * @param name by which it is chosen, alone or with others of this name
 * @param work what is done
 * @param metric what is measured of it
 * @param ours our side
 * @param peer the other side, a peer or a bound, in words
 * @param theirs the other side
 * @param asked what is asked of the ratio of ours to theirs
 * @param prepared what must be there before
 */
record Comparison(
        String name,
        String work,
        Metric metric,
        Benchmarked ours,
        String peer,
        Side theirs,
        Asked asked,
        Set<Prepared> prepared) {

    static final List<Comparison> ALL = Comparisons.all();

    Comparison {
        prepared = Set.copyOf(prepared);
    }

    /** What must be run for it. */
    List<Benchmarked> benchmarks() {
        return theirs instanceof Benchmarked peer ? List.of(ours, peer) : List.of(ours);
    }
}
