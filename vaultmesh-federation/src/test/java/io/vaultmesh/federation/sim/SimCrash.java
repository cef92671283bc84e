package io.vaultmesh.federation.sim;

import java.io.Serial;

/** A node's process died just here. An error, so that no code of the node takes it for a failure that it can mend. */
final class SimCrash extends Error {

    @Serial
    private static final long serialVersionUID = 1;

    SimCrash() {
        super("crashed", null, false, false);
    }
}
