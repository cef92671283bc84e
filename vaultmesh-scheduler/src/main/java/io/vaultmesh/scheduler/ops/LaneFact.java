package io.vaultmesh.scheduler.ops;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.plan.Skip;
import java.time.Duration;

/**
 * What happened in a lane, as facts that a program can tell apart. Times are by the scheduler's clock; one that was set back
 * meanwhile gives no time rather than a negative one. Immutable and thread-safe.
 */
public sealed interface LaneFact {

    /**
     * The fact in few words.
     *
     * @return for people; it may hold what a target said
     */
    String detail();

    /**
     * A new anchor is begun: its intent is durable.
     *
     * @param checkpoint what is to be anchored
     */
    record Intended(Checkpoint checkpoint) implements LaneFact {

        @Override
        public String detail() {
            return text(checkpoint);
        }
    }

    /**
     * The target has it, and its evidence is durable.
     *
     * @param checkpoint what is anchored
     */
    record Submitted(Checkpoint checkpoint) implements LaneFact {

        @Override
        public String detail() {
            return text(checkpoint);
        }
    }

    /**
     * It was verified, and is not final yet.
     *
     * @param finality how far it has come
     * @param took how long the step took that found this
     */
    record Pending(Finality finality, Duration took) implements LaneFact {

        /**
         * Creates a fact.
         *
         * @param finality how far it has come
         * @param took how long the step took that found this
         */
        public Pending {
            took = positive(took);
        }

        @Override
        public String detail() {
            return finality.toString();
        }
    }

    /**
     * It was verified, is final, and recorded in the memory.
     *
     * @param record the id of the anchor record
     * @param took how long the step took that recorded it
     * @param sinceIntent how long it is since its intent was written down
     */
    record Recorded(Hash record, Duration took, Duration sinceIntent) implements LaneFact {

        /**
         * Creates a fact.
         *
         * @param record the id of the anchor record
         * @param took how long the step took that recorded it
         * @param sinceIntent how long it is since its intent was written down
         */
        public Recorded {
            took = positive(took);
            sinceIntent = positive(sinceIntent);
        }

        @Override
        public String detail() {
            return record.toString();
        }
    }

    /**
     * A step failed.
     *
     * @param trouble what kind of failure it is
     * @param reason what happened, for people
     * @param verifying whether the target had it before, and to verify it failed; else to prepare or submit it did
     * @param took how long the step took
     */
    record Failed(Trouble trouble, String reason, boolean verifying, Duration took) implements LaneFact {

        /**
         * Creates a fact.
         *
         * @param trouble what kind of failure it is
         * @param reason what happened, for people
         * @param verifying whether the target had it before
         * @param took how long the step took
         */
        public Failed {
            requireNonNull(trouble, "trouble");
            requireNonNull(reason, "reason");
            took = positive(took);
        }

        @Override
        public String detail() {
            return trouble + ": " + reason;
        }
    }

    /**
     * The lane was due, and nothing was done.
     *
     * @param reason why not
     */
    record Skipped(Skip.Reason reason) implements LaneFact {

        @Override
        public String detail() {
            return reason.name();
        }
    }

    private static String text(Checkpoint checkpoint) {
        return checkpoint.origin() + " at size " + checkpoint.size() + ", root " + checkpoint.root();
    }

    private static Duration positive(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }
}
