package io.vaultmesh.scheduler.plan;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.cadence.DueGrid;
import io.vaultmesh.scheduler.cadence.PhiBackoff;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.config.Limits;
import io.vaultmesh.scheduler.config.SchedulerConfig;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Plans are followed by a world in which steps take time, targets fail, records come, and the clock jumps. */
class PlannerProperties {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    /** One lane's step that is being taken. */
    private record Running(Step step, Instant ends, long size) {}

    private static final class World {

        final Random random;
        final Map<Lane, LaneState> lanes = new LinkedHashMap<>();
        final Map<String, TargetState> targets = new HashMap<>();
        final Map<NamespaceName, Long> news = new HashMap<>();
        final Map<NamespaceName, Long> sizes = new HashMap<>();
        final Map<Lane, Running> running = new HashMap<>();
        final Map<Lane, Set<Long>> finished = new HashMap<>();
        final Map<Lane, Long> underWay = new HashMap<>();
        final Map<Lane, Window> pauses = new HashMap<>();
        final SchedulerConfig config;
        Instant now = START;
        boolean failing = true;
        boolean recording = true;
        boolean jumps;

        World(Random random, int count, Duration interval) {
            this.random = random;
            Map<Lane, DueGrid> grids = new LinkedHashMap<>();
            for (int i = 0; i < count; i++) {
                NamespaceName namespace = new NamespaceName("n" + i / 2);
                Lane lane = new Lane(namespace, i % 2 == 0 ? Base.FAST : Base.STRONG, "file:t" + i % 3);
                grids.put(lane, DueGrid.of(Duration.ofSeconds(60 + random.nextInt(1000)), lane.toString()));
                lanes.put(lane, LaneState.idle(0, Optional.empty()));
                news.put(namespace, 0L);
                sizes.put(namespace, 0L);
            }
            config = new SchedulerConfig(
                    grids, Map.of("file:t0", new Limits(interval, 3), "file:t1", new Limits(interval, 3)));
        }

        void step() {
            now = now.plusMillis(random.nextInt(20_000));
            if (jumps && random.nextInt(200) == 0) {
                now = now.plus(Duration.ofDays(random.nextBoolean() ? 365 : -365));
            }
            if (recording && random.nextInt(10) == 0) {
                NamespaceName namespace = new NamespaceName("n" + random.nextInt(sizes.size()));
                long size = sizes.merge(namespace, 1L, Long::sum);
                news.put(namespace, size);
            }
            for (Running ended : Set.copyOf(running.values())) {
                if (!now.isBefore(ended.ends()) || jumps || !recording) { // a clock that was set back
                    running.remove(ended.step().lane());
                    end(ended);
                }
            }
            follow(Planner.plan(config, new SchedulerState(lanes, targets, news), now));
        }

        private void follow(Plan plan) {
            for (Step step : plan.steps()) {
                Lane lane = step.lane();
                assertFalse(running.containsKey(lane), "two in flight in " + lane);
                Window pause = pauses.get(lane);
                assertFalse(pause != null && pause.contains(now), "before the wait is over in " + lane);
                long size = sizes.get(lane.namespace());
                if (step.act() == Step.Act.ANCHOR) {
                    assertFalse(finished.getOrDefault(lane, Set.of()).contains(size), "the same root twice in " + lane);
                    assertFalse(underWay.containsKey(lane), "another anchor is under way in " + lane);
                    underWay.put(lane, size);
                }
                if (step.act() != Step.Act.VERIFY) {
                    TargetState target = targets.getOrDefault(lane.target(), TargetState.NEW);
                    Limits limits = config.limitsOf(lane.target());
                    assertFalse(target.open().filter(w -> w.contains(now)).isPresent(), "an open circuit");
                    boolean alone = !limits.interval().isZero() || target.circuit(now) == Circuit.HALF_OPEN;
                    assertFalse(alone && target.underWay() > 0, "two submissions at once to a spared target");
                    if (!limits.interval().isZero()) {
                        assertFalse(
                                target.interval().filter(w -> w.contains(now)).isPresent(), "within the interval");
                    }
                    targets.put(lane.target(), target.planned().submitting(now, limits));
                }
                lanes.put(lane, lanes.get(lane).taking());
                running.put(lane, new Running(step, now.plusMillis(random.nextInt(60_000)), underWay.get(lane)));
            }
            for (Skip skip : plan.skips()) {
                if (skip.reason() == Skip.Reason.NOTHING_NEW) {
                    lanes.computeIfPresent(
                            skip.lane(),
                            (lane, state) -> state.served(grid(lane).at(now)));
                }
            }
        }

        private DueGrid grid(Lane lane) {
            return config.lanes().get(lane);
        }

        private void end(Running ended) {
            Lane lane = ended.step().lane();
            LaneState state = lanes.get(lane);
            boolean asks = ended.step().act() != Step.Act.VERIFY;
            TargetState target = targets.getOrDefault(lane.target(), TargetState.NEW);
            if (failing && random.nextInt(3) == 0) {
                Window pause = Window.of(now, PhiBackoff.nominal(state.failures() + 1));
                boolean lost = random.nextInt(4) == 0;
                if (lost) {
                    underWay.remove(lane);
                }
                Stage stage = lost ? Stage.IDLE : state.stage() == Stage.IDLE ? Stage.PREPARED : state.stage();
                lanes.put(lane, state.failed(stage, false, pause));
                pauses.put(lane, pause);
                if (asks) {
                    targets.put(lane.target(), target.failed(now, config.limitsOf(lane.target())));
                }
                return;
            }
            pauses.remove(lane); // or a clock that is set back would begin it again
            if (asks) {
                targets.put(lane.target(), target.answered());
            }
            if (random.nextInt(3) == 0) {
                lanes.put(lane, state.pending(Window.of(now, Duration.ofSeconds(30))));
                return;
            }
            assertTrue(
                    finished.computeIfAbsent(lane, any -> new HashSet<>()).add(ended.size()),
                    "finished twice in " + lane + ": " + ended.size());
            underWay.remove(lane);
            lanes.put(lane, state.finished(ended.size(), grid(lane).at(now)));
        }

        boolean everythingIsAnchored() {
            return lanes.entrySet().stream()
                    .allMatch(each ->
                            each.getValue().anchored() >= news.get(each.getKey().namespace()));
        }
    }

    @Property(tries = 60)
    void everythingIsAnchoredInTheEndAndNothingTwice(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 12) int lanes,
            @ForAll @IntRange(max = 40) int interval,
            @ForAll boolean jumps) {
        World world = new World(new Random(seed), lanes, Duration.ofSeconds(interval));
        world.jumps = jumps;
        for (int i = 0; i < 1_500; i++) {
            world.step();
        }
        world.jumps = false;
        world.failing = false;
        world.recording = false;
        for (int i = 0; i < 2_000 && !world.everythingIsAnchored(); i++) {
            world.step();
        }
        assertTrue(world.everythingIsAnchored(), "not everything is anchored: " + world.lanes);
    }
}
