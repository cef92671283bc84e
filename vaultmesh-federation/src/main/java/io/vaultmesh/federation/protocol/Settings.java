package io.vaultmesh.federation.protocol;

import static java.util.Objects.requireNonNull;

/**
 * How a node takes part. Immutable and thread-safe.
 *
 * @param limits what bounds each exchange
 * @param bodies when the bodies of peers' records are fetched
 */
public record Settings(Limits limits, BodyMode bodies) {

    /**
     * Creates settings.
     *
     * @param limits what bounds each exchange
     * @param bodies when the bodies of peers' records are fetched
     */
    public Settings {
        requireNonNull(limits, "limits");
        requireNonNull(bodies, "bodies");
    }
}
