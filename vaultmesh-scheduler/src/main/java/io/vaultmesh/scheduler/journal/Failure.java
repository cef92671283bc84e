package io.vaultmesh.scheduler.journal;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.cadence.Window;

/**
 * The last of a lane's failures. Immutable and thread-safe.
 *
 * @param trouble what kind it was
 * @param count how many there were in a row
 * @param pause from when until when the lane waits
 */
public record Failure(Trouble trouble, int count, Window pause) {

    /**
     * Creates a failure.
     *
     * @param trouble what kind it was
     * @param count how many there were in a row
     * @param pause from when until when the lane waits
     * @throws IllegalArgumentException if there was none
     */
    public Failure {
        requireNonNull(trouble, "trouble");
        requireNonNull(pause, "pause");
        if (count < 1) {
            throw new IllegalArgumentException("failures is " + count + ", expected at least 1");
        }
    }
}
