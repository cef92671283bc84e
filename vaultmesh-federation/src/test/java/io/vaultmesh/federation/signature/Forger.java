package io.vaultmesh.federation.signature;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Signs whatever Signature-Input it is given, with a signature that fits: only a receiver that insists on the profile refuses
 * it. Makes the signature base itself.
 */
final class Forger {

    private final Ed25519PrivateKey key;
    private final Map<String, String> values = new LinkedHashMap<>();

    Forger(Ed25519PrivateKey key) {
        this.key = key;
    }

    /** The value of a component, by its identifier as it is listed. */
    Forger value(String identifier, String value) {
        values.put(identifier, value);
        return this;
    }

    /** The request, with another Signature-Input and the signature over that. */
    Sent sign(Sent request, UnaryOperator<String> change) {
        values.put("\"@method\"", request.method());
        values.put("\"@authority\"", request.authority());
        values.put("\"@path\"", request.path());
        values.put("\"@query\"", request.query());
        values.put("\"content-digest\"", request.field("content-digest"));
        values.put("\"content-type\"", request.field("content-type"));
        String input = change.apply(request.field("signature-input"));
        return request.with("signature-input", input).with("signature", signature(input));
    }

    /** The field Signature for a Signature-Input. */
    String signature(String input) {
        String list = input.substring(input.indexOf('('));
        StringBuilder base = new StringBuilder();
        for (String identifier : list.substring(1, list.indexOf(')')).split(" ")) {
            base.append(identifier).append(": ").append(values.get(identifier)).append('\n');
        }
        base.append("\"@signature-params\": ").append(list);
        byte[] signature = key.sign(base.toString().getBytes(US_ASCII));
        return input.substring(0, input.indexOf('(')) + ":"
                + Base64.getEncoder().encodeToString(signature) + ":";
    }
}
