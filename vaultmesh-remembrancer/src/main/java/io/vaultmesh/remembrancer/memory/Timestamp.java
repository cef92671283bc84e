package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.dsse.Subject;
import java.time.Instant;

/** An authority stamped something: it existed by then. The body is the authority's answer (RFC 3161). */
public final class Timestamp extends Memory<Timestamp> {

    private Timestamp(Details details) {
        super(Kind.TIMESTAMP, details);
    }

    /**
     * A timestamp. What the authority says of itself is added as attributes.
     *
     * @param stamped what was stamped: an artifact, or a signature
     * @param time when, by the authority's clock; it becomes the attribute {@code genTime}
     * @param response the authority's answer
     * @return the record to be
     */
    public static Timestamp of(Subject stamped, Instant time, Body response) {
        return new Timestamp(Details.titled("Timestamp over " + stamped.name())
                        .withArtifact(stamped)
                        .withBody(response))
                .attribute("genTime", time.toString());
    }

    @Override
    Timestamp with(Details changed) {
        return new Timestamp(changed);
    }
}
