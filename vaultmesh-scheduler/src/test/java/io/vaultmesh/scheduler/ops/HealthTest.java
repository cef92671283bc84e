package io.vaultmesh.scheduler.ops;

import static io.vaultmesh.scheduler.ops.Snapshots.CHAIN;
import static io.vaultmesh.scheduler.ops.Snapshots.NOW;
import static io.vaultmesh.scheduler.ops.Snapshots.STAMPS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.scheduler.ops.Health.Status;
import io.vaultmesh.scheduler.plan.LaneState;
import io.vaultmesh.scheduler.plan.TargetState.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class HealthTest {

    private static final Duration TICK = HealthRules.DEFAULT.tickWithin();
    private static final Duration FAILING = HealthRules.DEFAULT.failingFor();
    private static final Duration SLOW = HealthRules.DEFAULT.slowAfter();
    private static final Duration BIT = Duration.ofMillis(1);

    /** A state, and what its health is. */
    private record Row(
            String state,
            Consumer<Snapshots> change,
            Status status,
            boolean live,
            boolean ready,
            List<String> reasons) {}

    private static Row row(
            String state, Status status, boolean live, boolean ready, String reasons, Consumer<Snapshots> change) {
        return new Row(
                state, change, status, live, ready, reasons.isEmpty() ? List.of() : List.of(reasons.split(", ")));
    }

    private static final List<Row> TABLE = List.of(
            row("all is well", Status.HEALTHY, true, true, "", s -> {}),
            row("no lane is configured", Status.HEALTHY, true, true, "", s -> s.lanes.clear()),
            row("it was built just now", Status.HEALTHY, true, false, "", s -> {
                s.started = NOW;
                s.ticked = Optional.empty();
            }),
            row("built a minute ago, it hasn't ticked", Status.HEALTHY, true, false, "", s -> {
                s.started = NOW.minus(TICK);
                s.ticked = Optional.empty();
            }),
            row("built more than a minute ago, it hasn't ticked", Status.UNHEALTHY, false, false, "not-ticking", s -> {
                s.started = NOW.minus(TICK).minus(BIT);
                s.ticked = Optional.empty();
            }),
            row("it ticked a minute ago", Status.HEALTHY, true, true, "", s -> s.ticked = Optional.of(NOW.minus(TICK))),
            row(
                    "it ticked more than a minute ago",
                    Status.UNHEALTHY,
                    false,
                    false,
                    "not-ticking",
                    s -> s.ticked = Optional.of(NOW.minus(TICK).minus(BIT))),
            row(
                    "its clock was set back by a year since",
                    Status.UNHEALTHY,
                    false,
                    false,
                    "not-ticking",
                    s -> s.ticked = Optional.of(NOW.plus(Duration.ofDays(365)))),
            row("it is closed", Status.UNHEALTHY, false, false, "closed", s -> s.closed = true),
            row(
                    "the disk refused the journal",
                    Status.UNHEALTHY,
                    true,
                    false,
                    "journal-refused",
                    s -> s.journalRefused = true),
            row(
                    "every lane fails, for an hour",
                    Status.DEGRADED,
                    true,
                    true,
                    "lane-failing " + STAMPS + ", lane-parked " + CHAIN,
                    s -> {
                        s.lanes.put(STAMPS, Snapshots.failing(FAILING.plus(BIT)));
                        s.lanes.put(CHAIN, Snapshots.parked(FAILING));
                    }),
            row(
                    "every lane fails, for more than an hour",
                    Status.UNHEALTHY,
                    true,
                    true,
                    "every-lane-failing, lane-failing " + STAMPS + ", lane-parked " + CHAIN,
                    s -> {
                        s.lanes.put(STAMPS, Snapshots.failing(FAILING.plus(BIT)));
                        s.lanes.put(CHAIN, Snapshots.parked(FAILING.plus(BIT)));
                    }),
            row(
                    "one lane fails, for a year",
                    Status.DEGRADED,
                    true,
                    true,
                    "lane-failing " + STAMPS,
                    s -> s.lanes.put(STAMPS, Snapshots.failing(Duration.ofDays(365)))),
            row(
                    "one lane is parked",
                    Status.DEGRADED,
                    true,
                    true,
                    "lane-parked " + CHAIN,
                    s -> s.lanes.put(CHAIN, Snapshots.parked(BIT))),
            row(
                    "a target's circuit is open",
                    Status.DEGRADED,
                    true,
                    true,
                    "circuit-open btc:mainnet",
                    s -> s.circuits.put("btc:mainnet", Circuit.OPEN)),
            row(
                    "a target's circuit is half open",
                    Status.DEGRADED,
                    true,
                    true,
                    "circuit-open btc:mainnet",
                    s -> s.circuits.put("btc:mainnet", Circuit.HALF_OPEN)),
            row(
                    "a chain takes three hours",
                    Status.HEALTHY,
                    true,
                    true,
                    "",
                    s -> s.lanes.put(CHAIN, Snapshots.pending(SLOW))),
            row(
                    "a chain takes more than three hours",
                    Status.DEGRADED,
                    true,
                    true,
                    "anchor-slow " + CHAIN,
                    s -> s.lanes.put(CHAIN, Snapshots.pending(SLOW.plus(BIT)))),
            row(
                    "a lane waits for its turn for three hours",
                    Status.HEALTHY,
                    true,
                    true,
                    "",
                    s -> s.lanes.put(CHAIN, Snapshots.waiting(SLOW))),
            row(
                    "a lane waits for its turn for longer",
                    Status.DEGRADED,
                    true,
                    true,
                    "lane-overdue " + CHAIN,
                    s -> s.lanes.put(CHAIN, Snapshots.waiting(SLOW.plus(BIT)))),
            row(
                    "a configuration was refused",
                    Status.DEGRADED,
                    true,
                    true,
                    "configuration-refused",
                    s -> s.configurationRefused = Optional.of(NOW.minusSeconds(1))),
            row(
                    "much is wrong",
                    Status.UNHEALTHY,
                    false,
                    false,
                    "closed, not-ticking, journal-refused, configuration-refused, circuit-open rfc3161:tsa",
                    s -> {
                        s.closed = true;
                        s.ticked = Optional.of(Instant.EPOCH);
                        s.journalRefused = true;
                        s.configurationRefused = Optional.of(NOW);
                        s.circuits.put("rfc3161:tsa", Circuit.OPEN);
                    }));

    @TestFactory
    Stream<DynamicTest> table() {
        return TABLE.stream()
                .map(row -> DynamicTest.dynamicTest(row.state() + ": " + row.status(), () -> {
                    Snapshots snapshot = new Snapshots();
                    row.change().accept(snapshot);
                    Health health = Health.of(snapshot.build(), HealthRules.DEFAULT);
                    assertEquals(
                            row.reasons(),
                            health.reasons().stream()
                                    .map(Health.Reason::toString)
                                    .toList());
                    assertEquals(new Health(row.status(), row.live(), row.ready(), health.reasons()), health);
                }));
    }

    @Test
    void theTableHasEveryCause() {
        Set<String> seen = TABLE.stream()
                .flatMap(row -> row.reasons().stream())
                .map(reason -> reason.split(" ")[0])
                .collect(Collectors.toSet());
        assertEquals(
                EnumSet.allOf(Health.Cause.class).stream()
                        .map(Health.Cause::toString)
                        .collect(Collectors.toSet()),
                seen);
    }

    @Nested
    class Due {

        private static LaneStatus lane(LaneState state) {
            return new LaneStatus(state, Optional.empty(), Optional.empty(), Optional.empty());
        }

        @Test
        void isTheEndOfTheTimeInWhichNothingIsDone() {
            assertEquals(Optional.of(NOW.plusSeconds(59)), Snapshots.well().due(NOW));
            assertEquals(
                    Optional.of(NOW.minusSeconds(8)),
                    Snapshots.waiting(Duration.ofSeconds(8)).due(NOW));
        }

        @Test
        void isNowIfNothingStandsAgainstItOrTheClockWasSetBack() {
            assertEquals(
                    Optional.of(NOW), lane(LaneState.idle(0, Optional.empty())).due(NOW));
            Instant before = NOW.minus(Duration.ofDays(365));
            assertEquals(Optional.of(before), Snapshots.well().due(before));
        }

        @Test
        void isTheEndOfAnAnchorThatTookLongerThanItsTick() {
            LaneStatus late = new LaneStatus(
                    Snapshots.waiting(Duration.ofHours(4)).state(),
                    Optional.of(NOW.minusSeconds(2)),
                    Optional.empty(),
                    Optional.empty());
            assertEquals(Optional.of(NOW.minusSeconds(2)), late.due(NOW));
        }

        @Test
        void isNeverWhileTheLaneIsParked() {
            assertEquals(Optional.empty(), Snapshots.parked(BIT).due(NOW));
        }
    }

    @Test
    void rulesAreOfPositiveTimes() {
        assertThrows(IllegalArgumentException.class, () -> HealthRules.DEFAULT.tickWithin(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> HealthRules.DEFAULT.failingFor(BIT.negated()));
        assertThrows(IllegalArgumentException.class, () -> HealthRules.DEFAULT.slowAfter(Duration.ZERO));
        HealthRules rules = HealthRules.DEFAULT.tickWithin(BIT).failingFor(TICK).slowAfter(FAILING);
        assertEquals(new HealthRules(BIT, TICK, FAILING), rules);
    }
}
