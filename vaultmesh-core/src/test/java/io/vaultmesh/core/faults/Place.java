package io.vaultmesh.core.faults;

import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a log lies. */
interface Place {

    /** Whether anything is published. */
    boolean isPublished();

    /** Opens it to write. */
    MerkleLog open();

    /** A reader that has read nothing yet. */
    LogReader reader();

    static Place directory(Path directory) {
        return new Place() {
            @Override
            public boolean isPublished() {
                return Files.exists(directory.resolve("checkpoint"));
            }

            @Override
            public MerkleLog open() {
                return Keys.open(directory);
            }

            @Override
            public LogReader reader() {
                return MerkleLog.read(directory, Keys.LOG.verifier());
            }
        };
    }
}
