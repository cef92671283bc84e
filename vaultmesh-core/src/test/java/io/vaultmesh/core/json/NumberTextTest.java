package io.vaultmesh.core.json;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.TestSeed;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * {@code -Dvaultmesh.json.numbers=N} tries N published numbers instead of the first million, up to 100 million of them.
 */
class NumberTextTest {

    private static final int NUMBERS = Integer.getInteger("vaultmesh.json.numbers", 1_000_000);

    private static String text(double value) {
        byte[] out = new byte[EcmaScriptNumber.MAX_LENGTH];
        return new String(out, 0, EcmaScriptNumber.write(value, out, 0), US_ASCII);
    }

    /** From the table beside the published file; the hashes are of its first lines. */
    private static final Map<Integer, String> HASHES = Map.of(
            1_000, "be18b62b6f69cdab33a7e0dae0d9cfa869fda80ddc712221570f9f40a5878687",
            10_000, "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892",
            100_000, "22776e6d4b49fa294a0d0f349268e5c28808fe7e0cb2bcbe28f63894e494d4c7",
            1_000_000, "49415fee2c56c77864931bd3624faad425c3c577d6d74e89a83bc725506dad16",
            10_000_000, "b9f8a44a91d46813b21b9602e72f112613c91408db0b8341fb94603d9db135e0",
            100_000_000, "0f7dda6b0837dde083c5d6b896f7d62340c8a2415b0c7121d83145e08a755272");

    @Test
    void ofMillionsOfPublishedNumbersHasThePublishedHashAndReadsBack() throws Exception {
        PublishedNumbers numbers = new PublishedNumbers();
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        NumberLiteral literal = new NumberLiteral();
        byte[] line = new byte[64];
        int compared = 0;
        for (int i = 1; i <= NUMBERS; i++) {
            double value = numbers.next();
            byte[] bits = Long.toHexString(Double.doubleToRawLongBits(value)).getBytes(US_ASCII);
            System.arraycopy(bits, 0, line, 0, bits.length);
            line[bits.length] = ',';
            int end = EcmaScriptNumber.write(value, line, bits.length + 1);
            literal.read(line, bits.length + 1, end);
            if (literal.value() != value) {
                assertEquals(value, literal.value(), new String(line, 0, end, US_ASCII));
            }
            line[end] = '\n';
            sha256.update(line, 0, end + 1);
            if (HASHES.containsKey(i)) {
                byte[] soFar = ((MessageDigest) sha256.clone()).digest();
                assertEquals(HASHES.get(i), HexFormat.of().formatHex(soFar), "of the first " + i);
                compared++;
            }
        }
        assertTrue(compared >= 3, "only " + compared + " hashes were compared: try a million at least");
    }

    @Test
    void ofEveryPowerOfTwoAndItsNeighboursIsThatOfExactArithmetic() {
        for (int exponent = Double.MIN_EXPONENT - 52; exponent <= Double.MAX_EXPONENT; exponent++) {
            double power = Math.scalb(1.0, exponent);
            for (double value : new double[] {Math.nextDown(power), power, Math.nextUp(power)}) {
                assertEquals(ReferenceNumber.text(value), text(value));
            }
        }
    }

    @Test
    void ofEveryPowerOfTenAndItsNeighboursIsThatOfExactArithmetic() {
        for (int exponent = -323; exponent <= 308; exponent++) {
            double power = Double.parseDouble("1e" + exponent);
            for (double value : new double[] {Math.nextDown(power), power, Math.nextUp(power)}) {
                assertEquals(ReferenceNumber.text(value), text(value));
            }
        }
    }

    @Test
    void ofSmallSubnormalsAndOfNumbersAroundTheLimitsOfIntegersIsThatOfExactArithmetic() {
        Random random = TestSeed.random();
        for (int i = 1; i <= 3_000; i++) {
            assertEquals(ReferenceNumber.text(i * Double.MIN_VALUE), text(i * Double.MIN_VALUE));
            double near = (1L << 53 + random.nextInt(10)) * (1 + random.nextGaussian() * 1e-14);
            assertEquals(ReferenceNumber.text(-near), text(-near));
            double random15 = random.nextInt(1 << 30) * Math.pow(10, random.nextInt(30) - 15);
            assertEquals(ReferenceNumber.text(random15), text(random15));
        }
    }

    @Test
    @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "before Java 19, Double.toString was not the shortest")
    void isThatOfLaterJavaWhereBothSpecificationsAgree() {
        Random random = TestSeed.random();
        for (int i = 0; i < 200_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            // with two digits at least, Java differs: 2.0E-3 is no shorter than 2.1E-3 there
            if (Math.abs(value) > 1e-300 && Math.abs(value) < Double.POSITIVE_INFINITY) {
                assertEquals(
                        new BigDecimal(Double.toString(value)).stripTrailingZeros(),
                        new BigDecimal(text(value)).stripTrailingZeros());
            }
        }
    }

    @Test
    void restsOnLogarithmsThatAreRightForEveryPowerInUse() {
        for (int k = PowersOfTen.MIN; k <= PowersOfTen.MAX; k++) {
            int log = PowersOfTen.log2(k);
            BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(k);
            assertTrue(powerOfTwo(log).compareTo(power) <= 0 && power.compareTo(powerOfTwo(log + 1)) < 0, "k = " + k);
            BigDecimal unit = powerOfTwo(log - 127);
            BigDecimal mantissa = new BigDecimal(new BigInteger(Long.toUnsignedString(PowersOfTen.high(k)))
                    .shiftLeft(64)
                    .add(new BigInteger(Long.toUnsignedString(PowersOfTen.low(k)))));
            BigDecimal cutOff = power.subtract(mantissa.multiply(unit));
            assertTrue(cutOff.signum() >= 0 && cutOff.compareTo(unit) < 0, "k = " + k);
        }
    }

    private static BigDecimal powerOfTwo(int exponent) {
        BigDecimal power = new BigDecimal(BigInteger.TWO.pow(Math.abs(exponent)));
        // exact: a power of two divides a power of ten
        return exponent < 0 ? BigDecimal.ONE.divide(power) : power;
    }
}
