package io.vaultmesh.scheduler.cadence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PhiBackoffTest {

    @Test
    void waitsGrowByTheGoldenRatio() {
        List<Long> seconds = IntStream.rangeClosed(1, 7)
                .mapToObj(k -> PhiBackoff.nominal(k).toSeconds())
                .toList();
        assertEquals(List.of(8L, 13L, 21L, 34L, 55L, 90L, 145L), seconds);
    }

    @Test
    void neverLongerThanAnHourBeforeItIsSpread() {
        assertEquals(Duration.ofSeconds(2605), PhiBackoff.nominal(13));
        assertEquals(Duration.ofHours(1), PhiBackoff.nominal(14));
        assertEquals(Duration.ofHours(1), PhiBackoff.nominal(Integer.MAX_VALUE));
    }

    @Test
    void noFailureHasNoWait() {
        String message = assertThrows(IllegalArgumentException.class, () -> PhiBackoff.nominal(0))
                .getMessage();
        assertEquals("there were 0 failures, expected at least 1", message);
    }

    @Property
    void delaysSpreadByAFifthAndAreNeverBelowWhatIsAskedFor(
            @ForAll @IntRange(min = 1, max = 40) int failures,
            @ForAll boolean doubled,
            @ForAll @LongRange(min = 0, max = 10_000_000) long retryAfter,
            @ForAll long seed) {
        Duration asked = Duration.ofMillis(retryAfter);
        Duration nominal = PhiBackoff.nominal(failures).multipliedBy(doubled ? 2 : 1);
        Duration delay = PhiBackoff.delay(failures, doubled, asked, new Random(seed));
        assertTrue(delay.compareTo(asked) >= 0, delay + " for " + asked);
        if (delay.compareTo(asked) > 0) {
            assertTrue(delay.toMillis() >= nominal.toMillis() * 8 / 10, delay + " of " + nominal);
            assertTrue(delay.toMillis() <= nominal.toMillis() * 12 / 10, delay + " of " + nominal);
        } else {
            assertTrue(nominal.toMillis() * 8 / 10 <= retryAfter, delay + " of " + nominal);
        }
    }

    @Test
    void delaysOfManyFillTheSpread() {
        Random random = new Random(7);
        var delays = IntStream.range(0, 1_000)
                .mapToObj(i -> PhiBackoff.delay(7, false, Duration.ZERO, random).toSeconds())
                .mapToLong(Long::longValue)
                .summaryStatistics();
        assertTrue(delays.getMin() <= 118 && delays.getMax() >= 172, delays.toString());
    }
}
