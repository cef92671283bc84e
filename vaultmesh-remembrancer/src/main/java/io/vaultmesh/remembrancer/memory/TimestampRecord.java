package io.vaultmesh.remembrancer.memory;

import io.vaultmesh.core.dsse.Subject;
import java.time.Instant;

/** An authority stamped something: it existed by then. The body is the authority's answer (RFC 3161). */
public final class TimestampRecord extends Memory<TimestampRecord> {

    private TimestampRecord(Details details) {
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
    public static TimestampRecord of(Subject stamped, Instant time, Body response) {
        return new TimestampRecord(Details.titled("Timestamp over " + stamped.name())
                        .withArtifact(stamped)
                        .withBody(response))
                .attribute("genTime", time.toString());
    }

    @Override
    TimestampRecord with(Details changed) {
        return new TimestampRecord(changed);
    }
}
