package io.vaultmesh.scheduler.cadence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class CadenceProperties {

    private static final int MOST = 31_622_400;

    @Provide
    Arbitrary<Cadence> cadences() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(1, MOST);
        Arbitrary<Cadence> intervals = numbers.map(n -> Interval.of(Duration.ofSeconds(n)));
        Arbitrary<Cadence> multiples =
                numbers.flatMap(n -> Arbitraries.of(Base.FAST, Base.STRONG).map(base -> new Multiple(n, base)));
        return Arbitraries.oneOf(intervals, multiples);
    }

    @Property
    void roundTrips(@ForAll("cadences") Cadence cadence) {
        assertEquals(cadence, Cadence.parse(cadence.toString()));
        assertEquals(cadence, Cadence.parse(cadence.toString().toUpperCase(Locale.ROOT)));
    }

    @Property
    void isReadOrRefusedButNothingElse(@ForAll("almost") String text) {
        try {
            Cadence cadence = Cadence.parse(text);
            assertEquals(cadence, Cadence.parse(cadence.toString()));
        } catch (IllegalArgumentException refused) {
            assertEquals(IllegalArgumentException.class, refused.getClass(), "not a NumberFormatException");
        }
    }

    @Provide
    Arbitrary<String> almost() {
        return Arbitraries.strings()
                .withChars("0123456789smhdSMHD*fastrongFASTRONG -+.٣ſ")
                .ofMaxLength(14);
    }

    @Property
    void multiplesMultiply(
            @ForAll @IntRange(min = 1, max = 40_000) int factor, @ForAll @IntRange(min = 1) int seconds) {
        int base = 1 + seconds % 40_000;
        Cadences cadences = new Cadences(Duration.ofSeconds(base), Duration.ofSeconds(1));
        Multiple multiple = new Multiple(factor, Base.FAST);
        long product = (long) base * factor;
        if (product <= MOST) {
            assertEquals(Duration.ofSeconds(product), cadences.lengthOf(multiple));
        } else {
            assertThrows(IllegalArgumentException.class, () -> cadences.lengthOf(multiple));
        }
    }
}
