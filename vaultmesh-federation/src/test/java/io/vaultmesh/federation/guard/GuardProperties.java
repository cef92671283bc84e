package io.vaultmesh.federation.guard;

import static io.vaultmesh.federation.guard.GuardTest.BEA;
import static io.vaultmesh.federation.guard.GuardTest.CAL;
import static io.vaultmesh.federation.guard.GuardTest.DAO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.guard.Entry.Admitted;
import io.vaultmesh.federation.guard.Entry.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class GuardProperties {

    /** What a peer does: it lets time pass, which may be negative as the clock jumps, then asks, and is answered. */
    record Step(long millis, int request, int answer) {}

    /** An admitted request: when, in the time that passed forth, and what it took. */
    record Use(double at, long request, long answer) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Long> millis = Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.longs().between(0, 2000)),
                Tuple.of(2, Arbitraries.just(0L)),
                Tuple.of(1, Arbitraries.longs().between(-100_000_000, 100_000_000)));
        return Combinators.combine(
                        millis,
                        Arbitraries.integers().between(0, 3000),
                        Arbitraries.integers().between(0, 3000))
                .as(Step::new)
                .list()
                .ofMaxSize(80);
    }

    @Provide
    Arbitrary<Quota> quotas() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.01, 50),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.doubles().between(1, 5000),
                        Arbitraries.longs().between(1, 4000))
                .as(Quota::new);
    }

    @Property(tries = 400)
    void neverAdmitsMoreThanBurstAndRateOverAnyTime(@ForAll("quotas") Quota quota, @ForAll("steps") List<Step> steps) {
        List<Use> uses = run(quota, steps);
        for (int from = 0; from < uses.size(); from++) {
            double bytes = 0;
            for (int to = from; to < uses.size(); to++) {
                double seconds = uses.get(to).at - uses.get(from).at;
                int count = to - from + 1;
                double allowed = quota.requestBurst() + quota.requestsPerSecond() * seconds;
                assertTrue(count <= allowed + 1e-6, () -> count + " requests in " + seconds + " s");
                // the last one may be larger than the burst; answers are known afterwards
                double before = bytes;
                double most = quota.byteBurst() + quota.bytesPerSecond() * seconds;
                long last = Math.min(uses.get(to).request, quota.byteBurst());
                assertTrue(before + last <= most + 1e-3, () -> before + " and " + last + " bytes in " + seconds + " s");
                bytes += uses.get(to).request + uses.get(to).answer;
            }
        }
    }

    /** Two peers take turns, so that neither has the other's part; the first one's uses are looked at. */
    private static List<Use> run(Quota quota, List<Step> steps) {
        SetClock clock = new SetClock();
        Guard guard = new Guard(quota, 2, clock);
        List<Use> uses = new ArrayList<>();
        double forth = 0;
        for (Step step : steps) {
            clock.pass(Duration.ofMillis(step.millis));
            forth += Math.max(0, step.millis) / 1000.0;
            if (guard.enter(BEA, DAO, step.request) instanceof Admitted admitted) {
                admitted.charge(step.answer);
                admitted.close();
                uses.add(new Use(forth, step.request, step.answer));
            }
            if (guard.enter(CAL, DAO, step.request) instanceof Admitted other) {
                other.close();
            }
        }
        return uses;
    }

    @Property(tries = 400)
    void admitsWhoWaitsAsLongAsWasSaid(
            @ForAll("quotas") Quota quota, @ForAll("steps") List<Step> steps, @ForAll boolean setBack) {
        SetClock clock = new SetClock();
        Guard guard = new Guard(quota, 1, clock);
        for (Step step : steps) {
            clock.pass(Duration.ofMillis(step.millis));
            Entry entry = guard.enter(BEA, DAO, step.request);
            if (entry instanceof Refused refused) {
                if (setBack) {
                    clock.pass(Duration.ofDays(-3));
                    assertEquals(refused, guard.enter(BEA, DAO, step.request));
                }
                clock.pass(refused.retryAfter());
                entry = guard.enter(BEA, DAO, step.request);
            }
            Admitted admitted = assertInstanceOf(Admitted.class, entry);
            admitted.charge(step.answer);
            admitted.close();
        }
    }

    @Property(tries = 200)
    void freesWhoWaitsAsLongAsWasSaidAndNobodyBelowTenPointsIsListed(@ForAll("steps") List<Step> steps) {
        SetClock clock = new SetClock();
        Guard guard = new Guard(Quota.DEFAULT, 1, clock);
        for (Step step : steps) {
            clock.pass(Duration.ofMillis(step.millis));
            double before = guard.score(BEA);
            guard.misbehaved(BEA);
            assertEquals(before + 1, guard.score(BEA), 1e-9);
            if (before + 1 >= 10) {
                assertTrue(guard.isGreylisted(BEA));
            }
            if (guard.isGreylisted(BEA)) {
                assertTrue(guard.score(BEA) >= 5);
                if (step.request < 300 && guard.enter(BEA, DAO, 0) instanceof Refused refused) {
                    clock.pass(refused.retryAfter());
                    assertTrue(guard.score(BEA) < 5 && !guard.isGreylisted(BEA));
                }
            }
        }
        clock.pass(Duration.ofDays(1));
        assertTrue(guard.score(BEA) < 1e-9 || steps.isEmpty());
    }
}
