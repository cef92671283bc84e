package io.vaultmesh.federation.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.signature.SignatureRefused.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A request as it comes to a verifier, of which a test changes a part. */
record Sent(String method, String authority, String path, String query, Map<String, List<String>> fields) {

    static Sent of(String method, String authority, String path, String query, SignedFields fields) {
        return new Sent(method, authority, path, query, byName(fields));
    }

    static Map<String, List<String>> byName(SignedFields fields) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        fields.byName().forEach((name, value) -> values.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        return values;
    }

    Sent method(String other) {
        return new Sent(other, authority, path, query, fields);
    }

    Sent authority(String other) {
        return new Sent(method, other, path, query, fields);
    }

    Sent path(String other) {
        return new Sent(method, authority, other, query, fields);
    }

    Sent query(String other) {
        return new Sent(method, authority, path, other, fields);
    }

    /** With these values of a field, or without it. */
    Sent with(String name, String... values) {
        Map<String, List<String>> others = new LinkedHashMap<>(fields);
        others.put(name.toLowerCase(Locale.ROOT), List.of(values));
        return new Sent(method, authority, path, query, others);
    }

    String field(String name) {
        return fields.get(name.toLowerCase(Locale.ROOT)).get(0);
    }

    static Fields fields(Map<String, List<String>> values) {
        return name -> values.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    VerifiedRequest to(RequestVerifier verifier) {
        return verifier.verify(method, authority, path, query, fields(fields));
    }

    /** The verifier refuses it for this reason, and says what it expected. */
    void isRefused(RequestVerifier verifier, Reason reason) {
        SignatureRefused refused = assertThrows(SignatureRefused.class, () -> {
            VerifiedRequest unused = to(verifier);
        });
        assertEquals(reason, refused.reason(), refused.getMessage());
        assertTrue(String.valueOf(refused.getMessage()).contains("expected"), refused.getMessage());
    }
}
