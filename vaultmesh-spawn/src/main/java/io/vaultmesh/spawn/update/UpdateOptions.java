package io.vaultmesh.spawn.update;

/**
 * How a service is updated. Immutable and thread-safe.
 *
 * @param isDryRun whether nothing is written
 */
public record UpdateOptions(boolean isDryRun) {

    /**
     * Writes what was merged.
     *
     * @return the options that are taken if none are given
     */
    public static UpdateOptions write() {
        return new UpdateOptions(false);
    }

    /**
     * Writes nothing, and gives the same report.
     *
     * @return the options
     */
    public static UpdateOptions dryRun() {
        return new UpdateOptions(true);
    }
}
