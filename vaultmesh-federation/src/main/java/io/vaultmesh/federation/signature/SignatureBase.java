package io.vaultmesh.federation.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.StringJoiner;

/** The text that is signed (RFC 9421 §2.5): a line for each component, and one for the parameters, without a last newline. */
final class SignatureBase {

    private final StringBuilder lines = new StringBuilder();
    private final StringJoiner identifiers = new StringJoiner(" ", "(", ")");

    /**
     * Covers another component.
     *
     * @param identifier its name in quotes, and its parameters: {@code "signature";req;key="vm"}
     * @param value its canonical value
     * @throws IllegalArgumentException if a character of the value isn't printable ASCII: a newline would be a line of its
     *     own, and so another component
     */
    SignatureBase cover(String identifier, String value) {
        Printable.require("the value of " + identifier, value);
        lines.append(identifier).append(": ").append(value).append('\n');
        identifiers.add(identifier);
        return this;
    }

    /** The components that are covered, as Signature-Input lists them. */
    String covered() {
        return identifiers.toString();
    }

    /** The bytes to sign, with parameters as {@code ;created=1;keyid="…"}. */
    byte[] bytes(String parameters) {
        return (lines + "\"@signature-params\": " + covered() + parameters).getBytes(US_ASCII);
    }
}
