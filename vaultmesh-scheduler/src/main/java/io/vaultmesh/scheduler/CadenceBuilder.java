package io.vaultmesh.scheduler;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.cadence.Cadence;
import io.vaultmesh.scheduler.cadence.Cadences;
import io.vaultmesh.scheduler.cadence.DueGrid;
import io.vaultmesh.scheduler.cadence.Interval;
import io.vaultmesh.scheduler.config.Lane;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says how often a namespace is anchored, and where. Got from {@link SchedulerBuilder#namespace}. Not thread-safe. */
public final class CadenceBuilder {

    private final NamespaceName namespace;
    private @Nullable Cadence fast;
    private @Nullable Cadence strong;
    private List<Anchor> fastTargets = List.of();
    private List<Anchor> strongTargets = List.of();

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
        if (fast != null) {
            throw new IllegalStateException("fast of " + namespace + " is already set to " + fast);
        }
        fastTargets = require(targets, Base.FAST);
        fast = Cadence.parse(cadence);
        return this;
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
        if (strong != null) {
            throw new IllegalStateException("strong of " + namespace + " is already set to " + strong);
        }
        strongTargets = require(targets, Base.STRONG);
        strong = Cadence.parse(cadence);
        return this;
    }

    private List<Anchor> require(Anchor[] targets, Base base) {
        if (targets.length == 0) {
            throw new IllegalArgumentException(base + " of " + namespace + " has no target, expected at least one");
        }
        return List.of(targets);
    }

    List<Anchor> targets(Base base) {
        return base == Base.FAST ? fastTargets : strongTargets;
    }

    /** The lanes with their grids. */
    Map<Lane, DueGrid> lanes() {
        Cadences cadences = Cadences.resolve(orAny(fast, strong), orAny(strong, fast));
        Map<Lane, DueGrid> lanes = new LinkedHashMap<>();
        for (Base base : Base.values()) {
            Duration period = base == Base.FAST ? cadences.fast() : cadences.strong();
            for (Anchor target : targets(base)) {
                Lane lane = new Lane(namespace, base, target.name());
                if (lanes.put(lane, DueGrid.of(period, lane.toString())) != null) {
                    throw new IllegalArgumentException("target " + target.name() + " is there twice in " + base + " of "
                            + namespace + ", expected each once");
                }
            }
        }
        return lanes;
    }

    /** A cadence; in the place of one that isn't set, the other, or any if that one refers to it. */
    private Cadence orAny(@Nullable Cadence cadence, @Nullable Cadence other) {
        if (cadence != null) {
            return cadence;
        }
        if (other instanceof Interval interval) {
            return interval;
        }
        throw new IllegalArgumentException(
                other == null
                        ? "namespace " + namespace + " has no cadence, expected fast, strong or both"
                        : "namespace " + namespace + " has the cadence " + other
                                + " alone, expected the one that it refers to as well");
    }
}
