package io.vaultmesh.scheduler.cadence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {

    @Nested
    class Parse {
        @ParameterizedTest
        @CsvSource({
            "1s, PT1S, 1s",
            "89s, PT89S, 89s",
            "89S, PT89S, 89s",
            "60s, PT1M, 1m",
            "61m, PT61M, 61m",
            "5M, PT5M, 5m",
            "60m, PT1H, 1h",
            "36H, PT36H, 36h",
            "24h, P1D, 1d",
            "366D, P366D, 366d",
            "31622400s, P366D, 366d",
        })
        void readsIntervals(String text, Duration length, String canonical) {
            assertEquals(new Interval(length), Cadence.parse(text));
            assertEquals(canonical, Cadence.parse(text).toString());
        }

        @ParameterizedTest
        @CsvSource({
            "34*fast, 34, FAST, 34*fast",
            "1*FAST, 1, FAST, 1*fast",
            "2*Strong, 2, STRONG, 2*strong",
            "31622400*strong, 31622400, STRONG, 31622400*strong",
        })
        void readsMultiples(String text, int factor, Base base, String canonical) {
            assertEquals(new Multiple(factor, base), Cadence.parse(text));
            assertEquals(canonical, Cadence.parse(text).toString());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "", "s", "89", "*fast", "fast", "34fast", "34*", "34**fast", "34*weak", "34*fast*fast", "-1s",
                            "+1s",
                    " 89s", "89s ", "89 s", "89s\n", "8_9s", "8.9s", "1e3s", "0x10s", "0s", "0*fast", "01s", "89sec",
                    "89ms", "89w", "1h30m", "PT89S", "٨٩s", "８９s", "89ſ", "34*faſt", "34∗fast", "34×fast", "34*fast\0"
                })
        void refusesAnythingElse(String text) {
            IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Cadence.parse(text));
            assertEquals(
                    "a cadence is a whole number from 1 followed by s, m, h, d, *fast or *strong, such as 89s or"
                            + " 34*fast; this is: \"" + text + '"',
                    refusal.getMessage());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "367d",
                    "8785h",
                    "31622401s",
                    "31622401*fast",
                    "999999999d",
                    "9999999999s",
                    "4294967297s",
                    "18446744073709551617s",
                    "18446744073709551617*strong"
                })
        void refusesWhatIsTooLongOrOverflows(String text) {
            assertThrows(IllegalArgumentException.class, () -> Cadence.parse(text));
        }

        @Test
        void namesTheLimitAndTheText() {
            assertEquals(
                    "a cadence is at most 366d, this number is too large: \"9999999999s\"",
                    assertThrows(IllegalArgumentException.class, () -> Cadence.parse("9999999999s"))
                            .getMessage());
        }

        @Test
        void doesNotRepeatALongTextInItsMessage() {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> Cadence.parse("7".repeat(1_000_000)));
            assertTrue(
                    refusal.getMessage().length() < 200,
                    () -> refusal.getMessage().substring(0, 200));
        }

        @Test
        void doesNotDependOnTheLocale() {
            Locale before = Locale.getDefault();
            try {
                for (String tag : new String[] {"tr-TR", "ar-EG-u-nu-arab", "hi-IN-u-nu-deva", "lt-LT"}) {
                    Locale.setDefault(Locale.forLanguageTag(tag));
                    assertEquals("34*fast", Cadence.parse("34*FAST").toString());
                    assertEquals("12*strong", Cadence.parse("12*STRONG").toString());
                    assertEquals("13m", Cadence.parse("13M").toString());
                }
            } finally {
                Locale.setDefault(before);
            }
        }
    }

    @Nested
    class IntervalOf {
        @ParameterizedTest
        @ValueSource(strings = {"PT0S", "PT-1S", "PT0.5S", "PT1.5S", "P366DT1S", "PT1.000000001S"})
        void refusesFractionsAndWhatIsOutOfRange(Duration length) {
            IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Interval.of(length));
            assertTrue(refusal.getMessage().endsWith("this has " + length), refusal.getMessage());
        }

        @Test
        void knowsNoOtherUnit() {
            assertThrows(IllegalArgumentException.class, () -> Interval.seconds('w'));
        }
    }

    @Nested
    class MultipleOf {
        @ParameterizedTest
        @ValueSource(ints = {0, -1, 31_622_401, Integer.MIN_VALUE, Integer.MAX_VALUE})
        void refusesAFactorOutOfRange(int factor) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> new Multiple(factor, Base.FAST));
            assertEquals("a cadence is 1 to 31622400 times fast, this is " + factor + " times", refusal.getMessage());
        }
    }
}
