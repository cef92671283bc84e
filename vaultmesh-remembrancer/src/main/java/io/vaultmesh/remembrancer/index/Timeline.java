package io.vaultmesh.remembrancer.index;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * Which part of the time is looked at. Immutable: every method returns a changed copy. Thread-safe.
 *
 * @param since the earliest time, if any; inclusive
 * @param until the latest time, if any; exclusive
 * @param component the component that the records are about; if empty, all records
 */
public record Timeline(Optional<Instant> since, Optional<Instant> until, Optional<String> component) {

    /**
     * Creates it.
     *
     * @param since the earliest time, if any; inclusive
     * @param until the latest time, if any; exclusive
     * @param component the component that the records are about; if empty, all records
     */
    public Timeline {
        requireNonNull(since, "since");
        requireNonNull(until, "until");
        requireNonNull(component, "component");
    }

    /**
     * All records of all times.
     *
     * @return the whole
     */
    public static Timeline all() {
        return new Timeline(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * Leaves out what is earlier.
     *
     * @param earliest the earliest time; inclusive
     * @return the changed copy
     */
    public Timeline since(Instant earliest) {
        return new Timeline(Optional.of(earliest), until, component);
    }

    /**
     * Leaves out what is later.
     *
     * @param end the latest time; exclusive
     * @return the changed copy
     */
    public Timeline until(Instant end) {
        return new Timeline(since, Optional.of(end), component);
    }

    /**
     * Leaves out what isn't about a component.
     *
     * @param name the component
     * @return the changed copy
     */
    public Timeline component(String name) {
        return new Timeline(since, until, Optional.of(name));
    }
}
