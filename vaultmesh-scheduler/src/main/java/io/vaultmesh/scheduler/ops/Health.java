package io.vaultmesh.scheduler.ops;

import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether a scheduler does what it is there for, and if not, why: a pure function of a {@link SchedulerSnapshot} and {@link
 * HealthRules}.
 *
 * <ul>
 *   <li><b>live</b>: it isn't closed, and made its last plan, or was built, within {@code tickWithin}. If not, a new process
 *       may help
 *   <li><b>ready</b>: it is live, has made a plan, and its journal takes what is to be written down
 *   <li><b>unhealthy</b>: one of the {@link Cause}s of that status is there: nothing is anchored, and won't be
 *   <li><b>degraded</b>: none of those is there, and another cause is: something isn't anchored, or not yet, and the
 *       scheduler goes on with all the rest. A chain that is slow and a target that is down are of this kind
 *   <li><b>healthy</b>: there is no cause
 * </ul>
 *
 * <p>Not seen: a configured namespace that the memory doesn't have, as it may come later; that is counted as a skip. A lane
 * whose failures began in the future, as the clock was set back since, counts as failing, and not as failing for long.
 *
 * <p>Immutable and thread-safe.
 *
 * @param status how it is
 * @param live whether it is live
 * @param ready whether it is ready
 * @param reasons why it isn't healthy: first what weighs most, then by name
 */
public record Health(Status status, boolean live, boolean ready, List<Reason> reasons) {

    /** How a scheduler is; the later, the worse. */
    public enum Status {
        /** All is well. */
        HEALTHY,
        /** Something isn't anchored, or not yet. */
        DEGRADED,
        /** Nothing is anchored, and won't be. */
        UNHEALTHY;

        /** The name in lower case, as it stands in JSON. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be wrong. */
    public enum Cause {
        /** The scheduler is closed. */
        CLOSED(Status.UNHEALTHY),
        /** No plan was made within {@code tickWithin}. */
        NOT_TICKING(Status.UNHEALTHY),
        /** The disk refused the journal. */
        JOURNAL_REFUSED(Status.UNHEALTHY),
        /** Every lane has been failing for longer than {@code failingFor}. */
        EVERY_LANE_FAILING(Status.UNHEALTHY),
        /** The newest configuration was refused; the one before it is in force. */
        CONFIGURATION_REFUSED(Status.DEGRADED),
        /** A target failed too often, and is left alone, or tried with one lane at a time. */
        CIRCUIT_OPEN(Status.DEGRADED),
        /** The lane's last failure doesn't pass by itself. */
        LANE_PARKED(Status.DEGRADED),
        /** The lane's last step failed. */
        LANE_FAILING(Status.DEGRADED),
        /** What was begun in the lane longer than {@code slowAfter} ago isn't final yet. */
        ANCHOR_SLOW(Status.DEGRADED),
        /** The lane has been waiting for its turn for longer than {@code slowAfter}. */
        LANE_OVERDUE(Status.DEGRADED);

        private final Status status;

        Cause(Status status) {
            this.status = status;
        }

        /**
         * What it makes of a scheduler.
         *
         * @return the status
         */
        public Status status() {
            return status;
        }

        /** The name in lower case with hyphens, as it stands in JSON. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * One thing that is wrong.
     *
     * @param cause what
     * @param where the lane or target; empty if it is the scheduler as a whole
     */
    public record Reason(Cause cause, String where) {

        /** The two with a space between them, as {@code lane-parked main/fast/rfc3161:freetsa}. */
        @Override
        public String toString() {
            return where.isEmpty() ? cause.toString() : cause + " " + where;
        }
    }

    /**
     * Creates a health; {@link #of} computes one.
     *
     * @param status how it is
     * @param live whether it is live
     * @param ready whether it is ready
     * @param reasons why it isn't healthy
     */
    public Health {
        reasons = List.copyOf(reasons);
    }

    /**
     * The health of a scheduler.
     *
     * @param scheduler how it is
     * @param rules what counts
     * @return its health
     */
    public static Health of(SchedulerSnapshot scheduler, HealthRules rules) {
        Instant lastSign = scheduler.ticked().orElse(scheduler.started());
        // either way: a clock that was set back must not let a dead scheduler look alive until it has caught up
        boolean ticking = Duration.between(lastSign, scheduler.at()).abs().compareTo(rules.tickWithin()) <= 0;
        List<Reason> reasons = new ArrayList<>();
        add(reasons, scheduler.closed(), Cause.CLOSED, "");
        add(reasons, !ticking, Cause.NOT_TICKING, "");
        add(reasons, scheduler.journalRefused(), Cause.JOURNAL_REFUSED, "");
        add(reasons, everyLaneFails(scheduler, rules), Cause.EVERY_LANE_FAILING, "");
        add(reasons, scheduler.configurationRefused().isPresent(), Cause.CONFIGURATION_REFUSED, "");
        new TreeMap<>(scheduler.circuits())
                .forEach((target, circuit) -> add(reasons, circuit != Circuit.CLOSED, Cause.CIRCUIT_OPEN, target));
        Map<String, LaneStatus> lanes = new TreeMap<>();
        scheduler.lanes().forEach((lane, status) -> lanes.put(lane.toString(), status));
        lanes.forEach((lane, status) -> add(reasons, lane, status, scheduler.at(), rules));
        boolean live = !scheduler.closed() && ticking;
        return new Health(
                reasons.stream()
                        .map(reason -> reason.cause().status())
                        .max(Status::compareTo)
                        .orElse(Status.HEALTHY),
                live,
                live && scheduler.ticked().isPresent() && !scheduler.journalRefused(),
                reasons);
    }

    private static void add(List<Reason> reasons, String lane, LaneStatus status, Instant now, HealthRules rules) {
        if (isFailing(status)) {
            add(reasons, true, status.state().parked() ? Cause.LANE_PARKED : Cause.LANE_FAILING, lane);
        } else if (isSlow(status, now, rules)) {
            boolean begun =
                    status.begun().filter(at -> isLonger(at, now, rules)).isPresent();
            add(reasons, true, begun ? Cause.ANCHOR_SLOW : Cause.LANE_OVERDUE, lane);
        }
    }

    private static void add(List<Reason> reasons, boolean is, Cause cause, String where) {
        if (is) {
            reasons.add(new Reason(cause, where));
        }
    }

    static boolean isFailing(LaneStatus lane) {
        return lane.state().failures() > 0;
    }

    static boolean isSlow(LaneStatus lane, Instant now, HealthRules rules) {
        return lane.begun().filter(at -> isLonger(at, now, rules)).isPresent()
                || lane.due(now).filter(at -> isLonger(at, now, rules)).isPresent();
    }

    private static boolean isLonger(Instant since, Instant now, HealthRules rules) {
        return Duration.between(since, now).compareTo(rules.slowAfter()) > 0;
    }

    private static boolean everyLaneFails(SchedulerSnapshot scheduler, HealthRules rules) {
        return !scheduler.lanes().isEmpty()
                && scheduler.lanes().values().stream()
                        .allMatch(lane -> isFailing(lane)
                                && lane.failing()
                                        .filter(since -> Duration.between(since, scheduler.at())
                                                        .compareTo(rules.failingFor())
                                                > 0)
                                        .isPresent());
    }
}
