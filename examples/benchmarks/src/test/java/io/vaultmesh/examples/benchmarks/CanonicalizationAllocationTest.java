package io.vaultmesh.examples.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.vaultmesh.core.json.CanonicalJson;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** To canonicalize a text, at most five times its size is allocated, whether it lives long or not. */
class CanonicalizationAllocationTest {

    private static void assertTakesAtMostFiveTimes(byte[] text) {
        assertTakesAtMost(5, text);
    }

    private static void assertTakesAtMost(int times, byte[] text) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] runs = new long[20];
        long made = 0;
        for (int i = 0; i < runs.length; i++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            made += CanonicalJson.canonicalize(text).length;
            runs[i] = threads.getCurrentThreadAllocatedBytes() - before;
        }
        // not the first runs, which load classes and fill tables
        long most = Arrays.stream(runs).skip(5).max().orElseThrow();
        assertTrue(made > 0 && most > 0, "nothing was made, or nothing is measured");
        assertTrue(most <= (long) times * text.length, most + " bytes were allocated for " + text.length);
    }

    @Test
    void ofARecord() {
        assertTakesAtMostFiveTimes(Samples.record());
    }

    @Test
    void ofRecordsInsideOneAnother() {
        assertTakesAtMostFiveTimes(JsonSamples.nested());
    }

    @Test
    void ofNumbers() {
        assertTakesAtMostFiveTimes(JsonSamples.numbers());
    }

    @Test
    void ofStringsWithEscapes() {
        assertTakesAtMostFiveTimes(("[" + "\"\\u00e9\\/\\n\",\"é\",\"\\\"\",".repeat(4_000) + "0]").getBytes(UTF_8));
    }

    @Test
    void ofThousandsOfShortMembersOutOfOrderIsMoreForTheirOrder() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 5_000; i > 0; i--) {
            json.append("\"member").append(i).append("\": \"value\", ");
        }
        assertTakesAtMost(8, json.append("\"\": 0}").toString().getBytes(UTF_8));
    }
}
