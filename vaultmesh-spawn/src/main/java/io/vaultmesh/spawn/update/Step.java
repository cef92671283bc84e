package io.vaultmesh.spawn.update;

import java.io.IOException;

/** Hears of each change to the disk before it is made, so that a test can let a disk fail or a process die there. */
@FunctionalInterface
interface Step {

    void before(String change) throws IOException;
}
