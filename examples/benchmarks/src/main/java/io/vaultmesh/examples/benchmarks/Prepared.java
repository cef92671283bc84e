package io.vaultmesh.examples.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** What is too large to be built by each benchmark that needs it. */
sealed interface Prepared permits PreparedAnchors, PreparedLog, PreparedMemory {

    /** In which the processes of the benchmarks find what was prepared. */
    String PROPERTY = "vaultmesh.benchmarks.logs";

    /** In words. */
    String what();

    /** Its place among what is prepared. */
    Path in(Path directory);

    void build(Path directory) throws IOException;

    /** Where it lies for a benchmark. */
    default Path directory() {
        String all = System.getProperty(PROPERTY);
        if (all == null) {
            throw new IllegalStateException("where is " + what() + "? Run " + Ratios.class.getName()
                    + ", with --logs to keep it, or set the property " + PROPERTY);
        }
        return in(Path.of(all));
    }
}
