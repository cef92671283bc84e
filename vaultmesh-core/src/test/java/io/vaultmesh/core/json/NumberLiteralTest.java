package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code -Dvaultmesh.json.literals=N} tries N literals instead of the few that are tried by default. */
class NumberLiteralTest {

    private static final int LITERALS = Integer.getInteger("vaultmesh.json.literals", 100_000);

    private static double value(String text) {
        NumberLiteral literal = new NumberLiteral();
        byte[] bytes = text.getBytes(US_ASCII);
        literal.read(bytes, 0, bytes.length);
        return literal.value();
    }

    @Test
    void isTheDoubleThatJavaReads() {
        RandomJson random = new RandomJson(TestSeed.random());
        for (int i = 0; i < LITERALS; i++) {
            String literal = random.number();
            assertEquals(Double.parseDouble(literal), value(literal), literal);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993", // midpoints between two doubles, and right beside them
                "9007199254740993.0000000000000000000000000000000000000000000000000000000000000000001",
                "9007199254740992.9999999999999999999999999999999999999999999999999999999999999999999",
                "2.2250738585072011e-308", // the last subnormal double, the first normal one, between them
                "2.2250738585072014e-308",
                "2.22507385850720113605740979670913197593481954635164564e-308",
                "4.9e-324",
                "2.4703282292062327208e-324",
                "2.4703282292062328e-324",
                "1.7976931348623157e308",
                "1.7976931348623158079e308",
                "1.797693134862315808e308",
                "0.000e999999999999999999999",
                "-0",
                "999999999999999999999999999999",
                "18446744073709551615e-19"
            })
    void closeToADecisionIsTheDoubleThatJavaReads(String literal) {
        assertEquals(Double.parseDouble(literal), value(literal));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 0", "5, 0"})
    void ofHundredsOfDigitsIsDecidedByTheLastOne(int last, int zerosMore) {
        // the midpoint between the two smallest doubles, 3 × 2^-1075, with all its digits, and a bit more than it
        String midpoint = new BigDecimal(3 * Double.MIN_VALUE)
                .divide(BigDecimal.valueOf(2))
                .toPlainString();
        assertTrue(midpoint.length() > 1000);
        assertEquals(2 * Double.MIN_VALUE, value(midpoint)); // the even one
        assertEquals(2 * Double.MIN_VALUE, value(midpoint + "0".repeat(zerosMore * 1000) + last));
        String below = midpoint.substring(0, midpoint.length() - 1) + "4" + "9".repeat(1000);
        assertEquals(Double.MIN_VALUE, value(below));
    }
}
