package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.signature.MessageSigner;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A signed request as the bytes that are sent, of which a test changes what it likes. */
final class Letter {

    private static final Random NONCES = new Random();

    private final String line;
    private final List<Map.Entry<String, String>> fields;
    private final byte[] body;

    private Letter(String line, List<Map.Entry<String, String>> fields, byte[] body) {
        this.line = line;
        this.fields = fields;
        this.body = body;
    }

    /** A request as a peer sends it. */
    static Letter of(Ed25519PrivateKey key, String authority, String method, String path, byte[] body) {
        return of(key, Duration.ZERO, authority, method, path, body);
    }

    /** A request of a peer whose clock is ahead by some time. */
    static Letter of(Ed25519PrivateKey key, Duration ahead, String authority, String method, String path, byte[] body) {
        MessageSigner signer = MessageSigner.of(
                key, () -> Instant.ofEpochMilli(System.currentTimeMillis()).plus(ahead), NONCES);
        int query = path.indexOf('?');
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        fields.add(Map.entry("Host", authority));
        fields.add(Map.entry("Content-Length", Integer.toString(body.length)));
        signer.request(
                        method,
                        authority,
                        query < 0 ? path : path.substring(0, query),
                        query < 0 ? "" : path.substring(query),
                        "application/octet-stream",
                        body)
                .byName()
                .forEach((name, value) -> fields.add(Map.entry(name, value)));
        return new Letter(method + " " + path + " HTTP/1.1", fields, body);
    }

    Letter line(String other) {
        return new Letter(other, fields, body);
    }

    /** With another body, and the length that was signed for. */
    Letter body(byte[] other) {
        return new Letter(line, fields, other);
    }

    Letter without(String name) {
        return new Letter(
                line,
                fields.stream()
                        .filter(each -> !each.getKey().equalsIgnoreCase(name))
                        .toList(),
                body);
    }

    Letter with(String name, String value) {
        return without(name).and(name, value);
    }

    /** With one field more, whether or not there is one of that name. */
    Letter and(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(fields);
        more.add(Map.entry(name, value));
        return new Letter(line, more, body);
    }

    String value(String name) {
        return fields.stream()
                .filter(each -> each.getKey().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    /** With another Signature-Input, and a signature that fits it: only who insists on the profile refuses it. */
    Letter forged(Ed25519PrivateKey key, UnaryOperator<String> change) {
        String input = change.apply(value("Signature-Input"));
        String list = input.substring(input.indexOf('('));
        StringBuilder base = new StringBuilder();
        for (String identifier : list.substring(1, list.indexOf(')')).split(" ")) {
            base.append(identifier + ": " + component(identifier.replace("\"", "")) + "\n");
        }
        base.append("\"@signature-params\": " + list);
        String signature =
                Base64.getEncoder().encodeToString(key.sign(base.toString().getBytes(US_ASCII)));
        return with("Signature-Input", input).with("Signature", "vm=:" + signature + ":");
    }

    private String component(String name) {
        String[] words = line.split(" ");
        return switch (name) {
            case "@method" -> words[0];
            case "@authority" -> value("Host").toLowerCase(Locale.ROOT);
            case "@path" -> words[1];
            case "@query" -> "?";
            default -> value(name);
        };
    }

    String head() {
        StringBuilder head = new StringBuilder(line + "\r\n");
        fields.forEach(field -> head.append(field.getKey() + ": " + field.getValue() + "\r\n"));
        return head + "\r\n";
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head().getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }
}
