package io.vaultmesh.core.json;

/**
 * A JSON number: a double, as RFC 8785 has it. Minus zero is zero.
 *
 * @param value a finite double
 */
public record JsonNumber(double value) implements JsonValue {

    /**
     * Creates a number.
     *
     * @param value a finite double
     * @throws IllegalArgumentException if the value is not finite
     */
    public JsonNumber {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new IllegalArgumentException("value is " + value + ", expected a finite number");
        }
        value = value == 0 ? 0 : value;
    }

    @Override
    public String type() {
        return "number";
    }
}
