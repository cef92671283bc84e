package io.vaultmesh.federation.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.hash.Hash;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationTest {

    /** More by {@code -Dvaultmesh.worlds=200000}. */
    private static final long WORLDS = Long.getLong("vaultmesh.worlds", 50);

    private static final long FIRST = Long.getLong("vaultmesh.firstWorld", 1);

    static Hash run(long seed, SimCounters counters) {
        try {
            return new SimWorld(seed, counters).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("world " + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void allHonestNodesComeToHaveTheSameWhateverGoesWrong() {
        SimCounters counters = new SimCounters();
        LongStream.range(FIRST, FIRST + WORLDS).parallel().forEach(seed -> {
            var unused = run(seed, counters);
        });
        System.out.println(counters);
        assertEquals(WORLDS, counters.worlds());
        assertEquals(List.of(), counters.missing());
    }

    @Test
    void theSameSeedGivesTheSameWorld() {
        for (long seed = 1; seed <= 10; seed++) {
            assertEquals(run(seed, new SimCounters()), run(seed, new SimCounters()));
        }
    }
}
