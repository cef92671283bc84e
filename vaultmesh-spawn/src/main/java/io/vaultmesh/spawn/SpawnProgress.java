package io.vaultmesh.spawn;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.spec.ServiceName;

/**
 * How far a service has come. Immutable and thread-safe.
 *
 * @param service which service
 * @param step what was done
 * @param done how much of it, at least 1
 * @param total how much there is of it; {@code done} is the same when the step is complete
 */
public record SpawnProgress(ServiceName service, Step step, int done, int total) {

    /** The steps, in their order. After the last one the service gets its name, and {@code spawn} returns. */
    public enum Step {
        /** The files were made in memory. */
        PLANNED,
        /** The files were checked; only if the spawner verifies. */
        VERIFIED,
        /** Files were written; told for each. */
        WRITTEN,
        /** The files were committed. */
        COMMITTED
    }

    /** Hears how far services have come. */
    @FunctionalInterface
    public interface Listener {

        /**
         * Called on the thread that spawns, after each piece of work. If it throws, the spawn fails with that exception
         * and nothing is left behind.
         *
         * @param progress how far it has come
         */
        void onProgress(SpawnProgress progress);
    }

    /**
     * Creates a value.
     *
     * @param service which service
     * @param step what was done
     * @param done how much of it
     * @param total how much there is of it
     * @throws IllegalArgumentException unless 1 ≤ done ≤ total
     */
    public SpawnProgress {
        requireNonNull(service, "service");
        requireNonNull(step, "step");
        if (done < 1 || done > total) {
            throw new IllegalArgumentException("done is " + done + " of " + total + ", expected 1 to the total");
        }
    }
}
