package io.vaultmesh.scheduler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.cadence.DueGrid;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.Limits;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final Lane ONE = new Lane(NamespaceName.MAIN, Base.FAST, "file:one");
    private static final Lane TWO = new Lane(new NamespaceName("two"), Base.FAST, "file:one");
    private static final Map<NamespaceName, Long> NEWS = Map.of(NamespaceName.MAIN, 1L, new NamespaceName("two"), 1L);
    private static final LaneState IDLE = LaneState.idle(0, Optional.empty());

    private final Map<Lane, LaneState> lanes = new LinkedHashMap<>();
    private Limits limits = Limits.DEFAULT;

    private Plan plan(Instant now, Map<String, TargetState> targets, Map<NamespaceName, Long> news) {
        Map<Lane, DueGrid> grids = new LinkedHashMap<>();
        for (Lane lane : List.of(ONE, TWO)) {
            grids.put(lane, DueGrid.of(Duration.ofMinutes(1), lane.toString()));
        }
        return Planner.plan(
                new SchedulerConfig(grids, Map.of("file:one", limits)), new SchedulerState(lanes, targets, news), now);
    }

    private Plan plan() {
        return plan(NOW, Map.of(), NEWS);
    }

    @Test
    void whatIsNewIsAnchored() {
        lanes.put(ONE, IDLE);
        lanes.put(TWO, IDLE);
        assertEquals(
                new Plan(List.of(new Step(ONE, Step.Act.ANCHOR), new Step(TWO, Step.Act.ANCHOR)), List.of()), plan());
    }

    @Test
    void whatIsAnchoredAlreadyIsNot() {
        lanes.put(ONE, LaneState.idle(1, Optional.empty()));
        assertEquals(new Plan(List.of(), List.of(new Skip(ONE, Skip.Reason.NOTHING_NEW))), plan());
    }

    @Test
    void nothingIsDoneInALaneThatIsBusyOrQuiet() {
        lanes.put(ONE, IDLE.taking());
        lanes.put(TWO, LaneState.idle(0, Optional.of(Window.of(NOW, Duration.ofMillis(1)))));
        assertEquals(new Plan(List.of(), List.of()), plan());
        assertEquals(
                List.of(new Step(TWO, Step.Act.ANCHOR)),
                plan(NOW.plusMillis(1), Map.of(), NEWS).steps());
    }

    @Test
    void whatIsUnderWayGoesOnEvenIfNothingIsNew() {
        lanes.put(ONE, LaneState.idle(1, Optional.empty()).prepared());
        lanes.put(TWO, LaneState.idle(1, Optional.empty()).submitted());
        assertEquals(List.of(new Step(ONE, Step.Act.SUBMIT), new Step(TWO, Step.Act.VERIFY)), plan().steps());
    }

    @Test
    void aParkedLaneAndAMissingNamespaceStopNobodyElse() {
        lanes.put(ONE, IDLE.failed(Stage.IDLE, true, Window.of(NOW, Duration.ZERO)));
        lanes.put(TWO, IDLE);
        assertEquals(
                new Plan(List.of(new Step(TWO, Step.Act.ANCHOR)), List.of(new Skip(ONE, Skip.Reason.PARKED))), plan());
        assertEquals(
                Set.of(new Skip(ONE, Skip.Reason.PARKED), new Skip(TWO, Skip.Reason.NO_NAMESPACE)),
                Set.copyOf(plan(NOW, Map.of(), Map.of(NamespaceName.MAIN, 1L)).skips()));
    }

    @Test
    void aTargetsIntervalHoldsForAllItsLanesAndTheLongestWaitingComesFirst() {
        limits = Limits.DEFAULT.every(Duration.ofSeconds(15));
        lanes.put(ONE, LaneState.idle(0, Optional.of(new Window(NOW.minusSeconds(9), NOW.minusSeconds(1)))));
        lanes.put(TWO, LaneState.idle(0, Optional.of(new Window(NOW.minusSeconds(9), NOW.minusSeconds(2)))));
        Plan plan = plan();
        assertEquals(List.of(new Step(TWO, Step.Act.ANCHOR)), plan.steps());
        assertEquals(List.of(new Skip(ONE, Skip.Reason.INTERVAL)), plan.skips());
        TargetState planned = TargetState.NEW.planned();
        assertEquals(
                2,
                plan(NOW.plusSeconds(999), Map.of("file:one", planned), NEWS)
                        .skips()
                        .size());
        Map<String, TargetState> asked =
                Map.of("file:one", planned.submitting(NOW, limits).answered());
        assertEquals(2, plan(NOW.plusMillis(14_999), asked, NEWS).skips().size());
        assertEquals(1, plan(NOW.plusSeconds(15), asked, NEWS).steps().size());
    }

    @Test
    void aCircuitOpensAfterFailuresAndLetsOneLaneTry() {
        lanes.put(ONE, IDLE);
        lanes.put(TWO, IDLE);
        TargetState target = TargetState.NEW;
        for (int i = 0; i < 4; i++) {
            target = target.failed(NOW, limits);
        }
        assertEquals(2, plan(NOW, Map.of("file:one", target), NEWS).steps().size());
        target = target.failed(NOW, limits);
        Map<String, TargetState> open = Map.of("file:one", target);
        assertEquals(
                List.of(new Skip(ONE, Skip.Reason.CIRCUIT_OPEN), new Skip(TWO, Skip.Reason.CIRCUIT_OPEN)),
                plan(NOW.plusSeconds(54), open, NEWS).skips());
        Instant later = NOW.plusSeconds(55);
        assertEquals(
                List.of(new Step(ONE, Step.Act.ANCHOR)), plan(later, open, NEWS).steps());
        TargetState probing = target.planned().submitting(later, limits);
        assertEquals(List.of(), plan(later, Map.of("file:one", probing), NEWS).steps());
        assertEquals(
                2,
                plan(later, Map.of("file:one", probing.answered()), NEWS)
                        .steps()
                        .size());
        Map<String, TargetState> again = Map.of("file:one", probing.failed(later, limits));
        assertEquals(List.of(), plan(later.plusSeconds(89), again, NEWS).steps());
        assertEquals(1, plan(later.plusSeconds(90), again, NEWS).steps().size());
    }

    @Test
    void whatWasPlannedWaitsIfOthersFailedMeanwhile() {
        TargetState target = TargetState.NEW;
        for (int i = 0; i < 6; i++) {
            target = target.planned();
        }
        for (int i = 0; i < 4; i++) {
            target = target.failed(NOW, limits);
        }
        assertEquals(Optional.empty(), target.waits(NOW));
        target = target.failed(NOW, limits);
        assertEquals(Optional.of(Skip.Reason.CIRCUIT_OPEN), target.waits(NOW));
        assertEquals(1, target.underWay());
        assertEquals(0, target.ended().ended().underWay());
        Limits spared = limits.every(Duration.ofSeconds(15));
        TargetState sent = TargetState.NEW.planned().submitting(NOW, spared).answered();
        assertEquals(Optional.of(Skip.Reason.INTERVAL), sent.waits(NOW.plusMillis(14_999)));
        assertEquals(Optional.empty(), sent.waits(NOW.plusSeconds(15)));
    }

    @Test
    void aStateOfOtherLanesIsRefused() {
        lanes.put(new Lane(NamespaceName.MAIN, Base.STRONG, "file:other"), IDLE);
        assertThrows(IllegalArgumentException.class, this::plan);
    }
}
