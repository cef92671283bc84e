package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vaultmesh.examples.benchmarks.Side.Benchmarked;
import io.vaultmesh.examples.benchmarks.Side.Fixed;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TableTest {

    private final Benchmarked ours = new Benchmarked(TableTest.class, "ours");
    private final Benchmarked peer = new Benchmarked(TableTest.class, "peer");

    @Test
    void rowGivesMediansSpreadTheRatioOfEachRoundAndWhetherItIsMet() {
        Figures fast = new Figures();
        fast.addRound(900, 1000, 5000);
        fast.addRound(1200, 1300);
        Figures slow = new Figures();
        slow.addRound(500, 400, 600);
        slow.addRound(1000, 1500);
        Map<Benchmarked, Map<Metric, Figures>> figures =
                Map.of(ours, Map.of(Metric.SPEED, fast), peer, Map.of(Metric.SPEED, slow));
        assertEquals(
                "| work | 1,200/s (900/s – 5,000/s) | a peer | 600/s (400/s – 1,500/s) | **2.00** (1.00 – 2.00)"
                        + " | ≥ 2.50 | **missed** |",
                row(figures, Metric.SPEED, peer, Asked.atLeast(2.5)));
    }

    @Test
    void costIsMetByAtMostWhatIsAsked() {
        Figures slow = new Figures();
        slow.addRound(0.03);
        slow.addRound(0.06);
        Figures fast = new Figures();
        fast.addRound(0.0004);
        fast.addRound(2);
        assertEquals(
                "| work | 45.0 ms (30.0 ms – 60.0 ms) | a peer | 1.00 s (400.0 µs – 2.00 s)"
                        + " | **0.04** (0.03 – 75.00) | ≤ 0.05 | met |",
                row(
                        Map.of(ours, Map.of(Metric.TIME, slow), peer, Map.of(Metric.TIME, fast)),
                        Metric.TIME,
                        peer,
                        Asked.atMost(0.05)));
    }

    @Test
    void fixedBoundHasNoSpread() {
        Figures bytes = new Figures();
        bytes.addRound(1300);
        bytes.addRound(1300);
        assertEquals(
                "| work | 1,300 B | a peer | 600 B | **2.17** (2.17 – 2.17) | ≤ 2.00 | **missed** |",
                row(
                        Map.of(ours, Map.of(Metric.ALLOCATION, bytes)),
                        Metric.ALLOCATION,
                        new Fixed(600),
                        Asked.atMost(2)));
    }

    @Test
    void sideWithoutFiguresIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> row(Map.of(ours, Map.of()), Metric.HEAP, new Fixed(1), Asked.NOTHING));
    }

    @Test
    void roundWithoutScoresIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Figures().addRound());
    }

    @Test
    void sidesOfUnequalRoundsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> Figures.fixed(1, 2).ratios(Figures.fixed(1, 3)));
    }

    private String row(Map<Benchmarked, Map<Metric, Figures>> figures, Metric metric, Side theirs, Asked asked) {
        Comparison comparison = new Comparison("name", "work", metric, ours, "a peer", theirs, asked, Set.of());
        return new Table(2, figures)
                .of(List.of(comparison))
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow();
    }
}
