package io.vaultmesh.scheduler.cadence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CadencesTest {

    private static Cadences resolve(String fast, String strong) {
        return Cadences.resolve(Cadence.parse(fast), Cadence.parse(strong));
    }

    @Nested
    class Resolve {
        @ParameterizedTest
        @CsvSource({
            "89s, 34*fast, PT89S, PT3026S",
            "2*strong, 1h, PT2H, PT1H",
            "1s, 31622400*fast, PT1S, P366D",
            "1m, 1d, PT1M, P1D",
        })
        void givesDurations(String fast, String strong, Duration fastLength, Duration strongLength) {
            assertEquals(new Cadences(fastLength, strongLength), resolve(fast, strong));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "89s | 3*strong | strong must not be a multiple of itself; it is 3*strong",
                    "3*fast | 1h | fast must not be a multiple of itself; it is 3*fast",
                    "2*strong | 3*fast | fast and strong must not be multiples of themselves or each other; fast is"
                            + " 2*strong and strong is 3*fast",
                    "1*fast | 1*strong | fast and strong must not be multiples of themselves or each other; fast is"
                            + " 1*fast and strong is 1*strong",
                })
        void refusesCycles(String fast, String strong, String message) {
            assertEquals(
                    message,
                    assertThrows(IllegalArgumentException.class, () -> resolve(fast, strong))
                            .getMessage());
        }

        @ParameterizedTest
        @CsvSource({"2s, 31622400*fast", "366*strong, 25h", "366d, 31622400*fast"})
        void refusesWhatIsTooLong(String fast, String strong) {
            assertThrows(IllegalArgumentException.class, () -> resolve(fast, strong));
        }
    }

    @Nested
    class LengthOf {
        private final Cadences cadences = new Cadences(Duration.ofSeconds(89), Duration.ofHours(1));

        @ParameterizedTest
        @CsvSource({"7s, PT7S", "34*fast, PT3026S", "2*strong, PT2H"})
        void followsTheNamedCadences(String cadence, Duration length) {
            assertEquals(length, cadences.lengthOf(Cadence.parse(cadence)));
        }

        @Test
        void refusesWhatIsTooLongAndShowsTheSum() {
            assertEquals(
                    "a cadence is at most 366d; 8785*strong with strong at 1h is 31626000s",
                    assertThrows(IllegalArgumentException.class, () -> cadences.lengthOf(Cadence.parse("8785*strong")))
                            .getMessage());
        }
    }

    @Nested
    class LengthOfANamedOne {

        private Duration length(Base name, String... named) {
            Map<Base, Cadence> cadences = new EnumMap<>(Base.class);
            for (String each : named) {
                String[] parts = each.split(" ", -1);
                cadences.put(Base.parse(parts[0]), Cadence.parse(parts[1]));
            }
            return Cadences.lengthOf(name, cadences);
        }

        private String refusal(Base name, String... named) {
            return assertThrows(IllegalArgumentException.class, () -> length(name, named))
                    .getMessage();
        }

        @Test
        void needsNoOthersThanItRefersTo() {
            assertEquals(Duration.ofDays(1), length(Base.COLD, "cold 1d"));
            assertEquals(Duration.ofSeconds(89), length(Base.FAST, "fast 89s", "strong 34*fast"));
            assertEquals(Duration.ofSeconds(3026), length(Base.STRONG, "fast 89s", "strong 34*fast"));
            assertEquals(Duration.ofSeconds(6052), length(Base.COLD, "fast 89s", "strong 34*fast", "cold 2*strong"));
            assertEquals("strong is 34*fast, expected fast as well", refusal(Base.STRONG, "strong 34*fast", "cold 1d"));
            assertEquals("fast is absent, expected a cadence", refusal(Base.FAST, "strong 1h"));
        }

        @Test
        void refusesCycles() {
            assertEquals(
                    "fast must not be a multiple of itself; it is 3*fast",
                    refusal(Base.FAST, "fast 3*fast", "strong 1h"));
            for (Base name : Base.values()) {
                assertEquals(
                        "fast and strong must not be multiples of themselves or each other; fast is 2*strong and strong is"
                                + " 3*fast",
                        refusal(name, "fast 2*strong", "strong 3*fast", "cold 2*fast"));
            }
            assertThrows(IllegalArgumentException.class, () -> length(Base.FAST, "fast 3*fast"));
            assertThrows(IllegalArgumentException.class, () -> length(Base.STRONG, "strong 3*strong"));
        }

        @Test
        void refusesMultiplesOfCold() {
            assertThrows(IllegalArgumentException.class, () -> new Multiple(2, Base.COLD));
            assertThrows(IllegalArgumentException.class, () -> Cadence.parse("2*cold"));
        }
    }

    @Test
    void refuseALengthOutOfRange() {
        assertThrows(IllegalArgumentException.class, () -> new Cadences(Duration.ZERO, Duration.ofHours(1)));
        assertThrows(IllegalArgumentException.class, () -> new Cadences(Duration.ofHours(1), Duration.ofDays(367)));
    }
}
