package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;

class RatiosTest {

    @Test
    void tableGivesMediansSpreadAndRatioOfEachRound() {
        Comparison comparison = new Comparison("work", RatiosTest.class, "peer", "a peer");
        Figures ours = new Figures();
        ours.addRound(900, 1000, 5000);
        ours.addRound(1200, 1300);
        Figures theirs = new Figures();
        theirs.addRound(500, 400, 600);
        theirs.addRound(1000, 1500);
        String row = Ratios.table(List.of(comparison), Map.of(comparison.ours(), ours, comparison.theirs(), theirs))
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow();
        assertEquals("| work | 1,200 (900 – 5,000) | a peer | 600 (400 – 1,500) | **2.00** (1.00 – 2.00) |", row);
    }

    @Test
    void everyComparisonNamesBenchmarksThatExist() {
        for (Comparison comparison : Comparison.ALL) {
            List<String> names = Arrays.stream(comparison.type().getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Benchmark.class))
                    .map(Method::getName)
                    .toList();
            assertEquals(
                    List.of(true, true), List.of(names.contains("vaultmesh"), names.contains(comparison.method())));
        }
    }

    @Test
    void roundWithoutScoresIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Figures().addRound());
    }
}
