package io.vaultmesh.federation.guard;

import java.time.Duration;

/** Times to wait, on the safe side. */
final class Waits {

    private Waits() {}

    /** A time in whole milliseconds that is longer by at least one: rounding must not have a peer come too early. */
    static Duration ofSeconds(double seconds) {
        return Duration.ofMillis((long) Math.ceil(seconds * 1000) + 1);
    }
}
