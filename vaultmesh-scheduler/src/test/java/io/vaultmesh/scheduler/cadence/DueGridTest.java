package io.vaultmesh.scheduler.cadence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class DueGridTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void pointsLieAPeriodApartHoweverLateTheyAreServed() {
        DueGrid grid = new DueGrid(Duration.ofSeconds(89), Duration.ofSeconds(7));
        Window first = grid.at(Instant.EPOCH.plusSeconds(7));
        assertEquals(new Window(Instant.EPOCH.plusSeconds(7), Instant.EPOCH.plusSeconds(96)), first);
        assertEquals(first, grid.at(Instant.EPOCH.plusSeconds(95)));
        Instant manyLater = first.from().plus(Duration.ofSeconds(89).multipliedBy(354_336)); // a year, and no drift
        assertEquals(manyLater, grid.at(manyLater.plusSeconds(88)).from());
        assertEquals(Instant.EPOCH.minusSeconds(82), grid.at(Instant.EPOCH).from());
    }

    @Property
    void everyInstantIsInExactlyTheWindowThatIsGiven(
            @ForAll @LongRange(min = -1_000_000_000_000L, max = 4_000_000_000_000L) long millis,
            @ForAll @IntRange(min = 1, max = 31_622_400) int seconds,
            @ForAll String name) {
        DueGrid grid = DueGrid.of(Duration.ofSeconds(seconds), name);
        Window window = grid.at(Instant.ofEpochMilli(millis));
        assertTrue(window.contains(Instant.ofEpochMilli(millis)));
        assertEquals(grid.period(), Duration.between(window.from(), window.until()));
        assertEquals(window, grid.at(window.from()));
        assertEquals(window.until(), grid.at(window.until()).from());
    }

    @Test
    void namesSpreadTheirPointsOverThePeriod() {
        int early = 0;
        for (int i = 0; i < 1_000; i++) {
            Duration offset = DueGrid.of(Duration.ofHours(1), "lane" + i).offset();
            early += offset.compareTo(Duration.ofMinutes(30)) < 0 ? 1 : 0;
        }
        assertTrue(early > 400 && early < 600, "in the first half: " + early);
        assertNotEquals(DueGrid.of(Duration.ofHours(1), "a"), DueGrid.of(Duration.ofHours(1), "b"));
        assertEquals(DueGrid.of(Duration.ofHours(1), "a"), DueGrid.of(Duration.ofHours(1), "a"));
    }

    @Test
    void refusesWhatIsNoGrid() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new DueGrid(Duration.ZERO, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> new DueGrid(second, second));
        assertThrows(IllegalArgumentException.class, () -> new DueGrid(second, Duration.ofMillis(-1)));
        assertThrows(IllegalArgumentException.class, () -> new Window(NOW, NOW.minusMillis(1)));
    }

    @Test
    void aClockThatIsSetBackEndsAWindow() {
        Window window = Window.of(NOW, Duration.ofSeconds(8));
        assertTrue(window.contains(NOW));
        assertTrue(window.contains(NOW.plusMillis(7_999)));
        assertFalse(window.contains(NOW.plusSeconds(8)));
        assertFalse(window.contains(NOW.minus(Duration.ofDays(365))));
    }
}
