package io.vaultmesh.scheduler.ops;

import io.vaultmesh.scheduler.config.Lane;
import java.time.Instant;

/** Something that happened in a lane: what whoever watches a scheduler is told. */
public interface Happening {

    /**
     * When it happened.
     *
     * @return the time by the scheduler's clock
     */
    Instant at();

    /**
     * Where it happened.
     *
     * @return the lane
     */
    Lane lane();

    /**
     * What happened.
     *
     * @return the fact
     */
    LaneFact fact();
}
