package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.examples.benchmarks.Side.Benchmarked;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs benchmarks as short as they can be: that their figures are found, not what they are. */
class MeasurementTest {

    @Test
    void oneProcessGivesSpeedAndAllocation() throws Exception {
        Map<Metric, Figures> figures = new LinkedHashMap<>();
        figures.put(Metric.SPEED, new Figures());
        figures.put(Metric.ALLOCATION, new Figures());
        Measurement.run(new Benchmarked(InMemoryAppend.class, "hashing"), true, "-Dunused=", figures);
        double perSecond = figures.get(Metric.SPEED).median();
        assertTrue(perSecond > 1000, "hashed entries per second: " + perSecond);
        double bytes = figures.get(Metric.ALLOCATION).median();
        assertTrue(bytes > 0 && bytes < 100, "allocated per hashed entry: " + bytes);
    }

    @Test
    void openingGivesItsTime() throws Exception {
        try (PreparedFiles logs = PreparedFiles.in(Optional.empty())) {
            logs.build(Set.of(PreparedLog.THOUSAND), said -> {});
            Map<Metric, Figures> time = Map.of(Metric.TIME, new Figures());
            Measurement.run(new Benchmarked(Opening.class, "thousand"), true, logs.jvmArgument(), time);
            double seconds = time.get(Metric.TIME).median();
            assertTrue(seconds > 0 && seconds < 60, "seconds: " + seconds);
        }
    }

    @Test
    void heapIsCountedInBytes() {
        Heap heap = new Heap();
        byte[] held = new byte[8 << 20];
        heap.countWith(held);
        long with = heap.bytes;
        held = new byte[0];
        heap.countWith(held);
        assertEquals(8, (with - heap.bytes) / 1e6, 2);
    }
}
