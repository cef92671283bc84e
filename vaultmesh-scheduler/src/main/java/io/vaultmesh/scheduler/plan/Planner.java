package io.vaultmesh.scheduler.plan;

import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says what a scheduler does next: a pure function of configuration, state and time.
 *
 * <p>Guaranteed of every plan: at most one step in a lane, and none in a lane in which one is being taken; no submission
 * within a wait, an interval or an open circuit, one at most while a circuit is half open, and one at most for each interval;
 * no new anchor where the last one has every record that is worth anchoring. Of the lanes for which a target has no room now,
 * the one that waits the longest comes first, so that none waits for ever. Not guaranteed: that a lane gets its turn within
 * its cadence, where a target's interval is too long for all of its lanes.
 */
public final class Planner {

    private static final Comparator<Map.Entry<Lane, LaneState>> LONGEST_WAITING_FIRST = Comparator.comparing(
            lane -> lane.getValue().quiet().map(Window::until).orElse(Instant.MIN));

    private Planner() {}

    /**
     * Makes a plan.
     *
     * @param config what there is to do at all
     * @param state how far that is
     * @param now the present
     * @return what to do, and what not
     * @throws IllegalArgumentException if the state has a lane that the configuration doesn't have
     */
    public static Plan plan(SchedulerConfig config, SchedulerState state, Instant now) {
        List<Map.Entry<Lane, LaneState>> due = new ArrayList<>();
        for (Map.Entry<Lane, LaneState> each : state.lanes().entrySet()) {
            if (!each.getValue().isQuiet(now)) { // of most lanes, no more than this is asked
                due.add(each);
            }
        }
        due.sort(LONGEST_WAITING_FIRST);
        List<Step> steps = new ArrayList<>();
        List<Skip> skips = new ArrayList<>();
        Map<String, TargetState> targets = new HashMap<>();
        for (Map.Entry<Lane, LaneState> each : due) {
            place(config, state, each.getKey(), each.getValue(), now, targets, steps, skips);
        }
        return new Plan(steps, skips);
    }

    private static void place(
            SchedulerConfig config,
            SchedulerState state,
            Lane lane,
            LaneState known,
            Instant now,
            Map<String, TargetState> targets,
            List<Step> steps,
            List<Skip> skips) {
        if (!config.lanes().containsKey(lane)) {
            throw new IllegalArgumentException("the state has lane " + lane + ", expected one of the configuration");
        }
        Optional<Skip.Reason> reason = reason(state, lane, known);
        if (reason.isEmpty() && known.stage() != Stage.SUBMITTED) {
            TargetState target = targets.computeIfAbsent(
                    lane.target(), name -> state.targets().getOrDefault(name, TargetState.NEW));
            reason = target.waits(now, config.limitsOf(lane.target()));
            if (reason.isEmpty()) {
                targets.put(lane.target(), target.planned());
            }
        }
        reason.ifPresentOrElse(
                why -> skips.add(new Skip(lane, why)), () -> steps.add(new Step(lane, act(known.stage()))));
    }

    private static Step.Act act(Stage stage) {
        return switch (stage) {
            case IDLE -> Step.Act.ANCHOR;
            case PREPARED -> Step.Act.SUBMIT;
            case SUBMITTED -> Step.Act.VERIFY;
        };
    }

    private static Optional<Skip.Reason> reason(SchedulerState state, Lane lane, LaneState known) {
        if (known.parked()) {
            return Optional.of(Skip.Reason.PARKED);
        }
        Long news = state.news().get(lane.namespace());
        if (news == null) {
            return Optional.of(Skip.Reason.NO_NAMESPACE);
        }
        return known.stage() == Stage.IDLE && news <= known.anchored()
                ? Optional.of(Skip.Reason.NOTHING_NEW)
                : Optional.empty();
    }
}
