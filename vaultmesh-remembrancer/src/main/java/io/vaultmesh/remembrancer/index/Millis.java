package io.vaultmesh.remembrancer.index;

import java.time.Instant;
import java.util.Optional;

/** Bounds of time as the tables have them: milliseconds since 1970. */
final class Millis {

    private static final Instant FIRST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE - 1);

    private Millis() {}

    /** The first millisecond that is not before an instant; for none, the first of all. */
    static long since(Optional<Instant> since) {
        return since.map(Millis::notBefore).orElse(Long.MIN_VALUE);
    }

    /** The first millisecond that is not before an instant; for none, one after all records. */
    static long until(Optional<Instant> until) {
        return until.map(Millis::notBefore).orElse(Long.MAX_VALUE);
    }

    private static long notBefore(Instant instant) {
        if (instant.isBefore(FIRST)) {
            return Long.MIN_VALUE;
        }
        if (instant.isAfter(LAST)) {
            return Long.MAX_VALUE;
        }
        long millis = instant.toEpochMilli();
        return Instant.ofEpochMilli(millis).equals(instant) ? millis : millis + 1;
    }
}
