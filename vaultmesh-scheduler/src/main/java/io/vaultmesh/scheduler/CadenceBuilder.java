package io.vaultmesh.scheduler;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.cadence.Cadence;
import io.vaultmesh.scheduler.cadence.Cadences;
import io.vaultmesh.scheduler.cadence.DueGrid;
import io.vaultmesh.scheduler.config.Lane;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says how often a namespace is anchored, and where. Got from {@link SchedulerBuilder#namespace}. Not thread-safe. */
public final class CadenceBuilder {

    private final NamespaceName namespace;
    private final Map<Base, Cadence> cadences = new EnumMap<>(Base.class);
    private final Map<Base, List<Anchor>> targets = new EnumMap<>(Base.class);

    CadenceBuilder(NamespaceName namespace) {
        this.namespace = namespace;
    }

    /**
     * Sets the cadence of cheap targets.
     *
     * @param cadence how often, as {@link Cadence#parse} reads it, such as {@code 89s}
     * @param targets where, at least one
     * @return this builder
     * @throws IllegalArgumentException if it is no cadence, or there is no target
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public CadenceBuilder fast(String cadence, Anchor... targets) {
        return set(Base.FAST, cadence, targets);
    }

    /**
     * Sets the cadence of expensive targets.
     *
     * @param cadence how often, as {@link Cadence#parse} reads it, such as {@code 34*fast}
     * @param targets where, at least one
     * @return this builder
     * @throws IllegalArgumentException if it is no cadence, or there is no target
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public CadenceBuilder strong(String cadence, Anchor... targets) {
        return set(Base.STRONG, cadence, targets);
    }

    /**
     * Sets the cadence of targets that are kept for long.
     *
     * @param cadence how often, as {@link Cadence#parse} reads it, such as {@code 1d}
     * @param targets where, at least one
     * @return this builder
     * @throws IllegalArgumentException if it is no cadence, or there is no target
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public CadenceBuilder cold(String cadence, Anchor... targets) {
        return set(Base.COLD, cadence, targets);
    }

    private CadenceBuilder set(Base base, String cadence, Anchor[] where) {
        Cadence old = cadences.get(base);
        if (old != null) {
            throw new IllegalStateException(base + " of " + namespace + " is already set to " + old);
        }
        if (where.length == 0) {
            throw new IllegalArgumentException(base + " of " + namespace + " has no target, expected at least one");
        }
        cadences.put(base, Cadence.parse(cadence));
        targets.put(base, List.of(where));
        return this;
    }

    List<Anchor> targets() {
        return targets.values().stream().flatMap(List::stream).toList();
    }

    /** The lanes with their grids. */
    Map<Lane, DueGrid> lanes() {
        if (cadences.isEmpty()) {
            throw new IllegalArgumentException(
                    "namespace " + namespace + " has no cadence, expected fast, strong, cold or several of them");
        }
        Map<Lane, DueGrid> lanes = new LinkedHashMap<>();
        targets.forEach((base, where) -> {
            for (Anchor target : where) {
                Lane lane = new Lane(namespace, base, target.name());
                DueGrid grid = DueGrid.of(Cadences.lengthOf(base, cadences), lane.toString());
                if (lanes.put(lane, grid) != null) {
                    throw new IllegalArgumentException("target " + target.name() + " is there twice in " + base + " of "
                            + namespace + ", expected each once");
                }
            }
        });
        return lanes;
    }
}
