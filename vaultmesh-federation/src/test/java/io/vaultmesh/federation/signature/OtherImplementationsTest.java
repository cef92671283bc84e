package io.vaultmesh.federation.signature;

import static io.vaultmesh.federation.signature.MutableClock.START;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** http-message-sig and http-message-signatures verify what we sign, and we what they sign; so does OpenSSL the base. */
class OtherImplementationsTest {

    private static final Path SOURCES = Path.of(System.getProperty("module.dir", ""), "src/test/node/signatures");
    private static final Path INSTALLED = Path.of(System.getProperty("module.dir", ""), "target/signature-peers");
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "exchange.mjs");
    private static final List<String> LIBRARIES = List.of("http-message-sig", "http-message-signatures");
    private static final Set<String> AUTHORITIES = Set.of("peer-b.example", "peer-b.example:8088", "[::1]:9000");
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A message of ours, and how the same one is verified if another has signed it; or one that was spoiled. */
    private record Case(Map<String, Object> message, Verifying verifying, boolean holds) {}

    private interface Verifying {
        void verify(Fields fields);
    }

    private final Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed("0123456789abcdef0123456789abcdef".getBytes(UTF_8));
    private final MutableClock clock = new MutableClock(START);
    private final MessageSigner signer = MessageSigner.of(key, clock, new Random(3));
    private final RequestVerifier verifier = new RequestVerifier(signer.id()::equals, AUTHORITIES, clock);
    private final List<Case> cases = new ArrayList<>();

    @Test
    void verifyWhatWeSignAndSignWhatWeVerify() throws IOException {
        OutsideProgram node = OutsideProgram.require("node", "npm");
        clock.set(START + 10);
        for (String authority : AUTHORITIES) {
            exchange("GET", authority, "/fed/v1/dao%3Avaultmesh/checkpoint", "", new byte[0], 200);
            exchange("POST", authority, "/fed/v1/a/push", "?x=1&y=%2D", "{\"n\":1}".getBytes(UTF_8), 401);
            exchange("POST", authority, "/", "?", new byte[] {0, -1, 10, 13}, 503);
        }
        int sound = cases.size();
        spoil();
        assertEquals(18, sound);
        assertEquals(24, cases.size());
        install();
        List<String> lines = new ArrayList<>();
        lines.add(JSON.writeValueAsString(
                Map.of("now", START + 10, "x", base64Url(key.publicKey().bytes()), "d", base64Url(key.exposeSeed()))));
        for (Case one : cases) {
            lines.add(JSON.writeValueAsString(one.message()));
        }
        Path file = Files.write(INSTALLED.resolve("messages.jsonl"), lines, UTF_8);
        String out = node.deadline(Duration.ofMinutes(1))
                .run(INSTALLED, "exchange.mjs", file.getFileName().toString())
                .orFail();
        check(out.lines().toList());
    }

    private void check(List<String> said) throws IOException {
        List<String> expected = new ArrayList<>();
        List<String> verdicts = new ArrayList<>();
        int accepted = 0;
        for (int i = 0; i < cases.size(); i++) {
            for (String library : LIBRARIES) {
                expected.add(i + " " + library + " " + (cases.get(i).holds() ? "holds" : "fails"));
            }
        }
        for (String line : said) {
            String[] words = line.split(" ", 3);
            if (words[2].startsWith("{")) {
                JsonNode made = JSON.readTree(words[2]);
                assertDoesNotThrow(
                        () -> cases.get(Integer.parseInt(words[0])).verifying().verify(name -> values(made, name)),
                        line);
                accepted++;
            } else {
                verdicts.add(line);
            }
        }
        assertEquals(String.join("\n", expected), String.join("\n", verdicts));
        assertEquals(36, accepted, "messages that they signed");
    }

    private static List<String> values(JsonNode fields, String name) {
        List<String> values = new ArrayList<>();
        fields.fields().forEachRemaining(field -> {
            if (field.getKey().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                values.add(field.getValue().asText());
            }
        });
        return values;
    }

    private void exchange(String method, String authority, String path, String query, byte[] body, int status) {
        SignedFields request = signer.request(method, authority, path, query, "application/json", body);
        Map<String, Object> sent = request(method, "http://" + authority + path + query, request, body);
        cases.add(new Case(
                sent,
                fields ->
                        verifier.verify(method, authority, path, query, fields).requireBody(body),
                true));
        byte[] answer = ("answer " + status).getBytes(UTF_8);
        SignedFields response = signer.response(status, "text/plain", answer, request.signature());
        cases.add(new Case(
                response(status, response, answer, sent),
                fields -> ResponseVerifier.verify(signer.id(), status, fields, answer, request.signature(), clock),
                true));
    }

    /** What must not hold anywhere: otherwise the libraries would hold anything. */
    private void spoil() {
        byte[] body = {1};
        SignedFields request = signer.request("POST", "peer-b.example", "/a", "?b", "text/plain", body);
        Map<String, Object> sent = request("POST", "http://peer-b.example/a?b", request, body);
        SignedFields other = signer.request("POST", "peer-b.example", "/a", "?b", "text/plain", body);
        SignedFields response = signer.response(200, "text/plain", body, request.signature());
        broken(request("PUT", "http://peer-b.example/a?b", request, body));
        broken(request("POST", "http://peer-c.example/a?b", request, body));
        broken(request("POST", "http://peer-b.example/a?c", request, body));
        broken(request("POST", "http://peer-b.example/a?b", request, new byte[] {2}));
        broken(response(201, response, body, sent));
        broken(response(200, response, body, request("POST", "http://peer-b.example/a?b", other, body)));
    }

    private void broken(Map<String, Object> message) {
        cases.add(new Case(message, fields -> {}, false));
    }

    private static Map<String, Object> request(String method, String url, SignedFields fields, byte[] body) {
        return Map.of("method", method, "url", url, "fields", fields.byName(), "body", base64(body));
    }

    private static Map<String, Object> response(
            int status, SignedFields fields, byte[] body, Map<String, Object> request) {
        return Map.of("status", status, "fields", fields.byName(), "body", base64(body), "request", request);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Copies what stands among the sources, and lets npm fetch what the lock file names, unless it has. */
    private static void install() throws IOException {
        Files.createDirectories(INSTALLED);
        Path kept = INSTALLED.resolve("installed-lock.json");
        Path lock = SOURCES.resolve("package-lock.json");
        for (String file : FILES) {
            Files.copy(SOURCES.resolve(file), INSTALLED.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(kept) || Files.mismatch(kept, lock) >= 0) {
            String unused = OutsideProgram.require("npm")
                    .deadline(Duration.ofMinutes(2))
                    .run(INSTALLED, "ci", "--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund")
                    .orFail();
            Files.copy(lock, kept, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void openSslVerifiesWhatWeSign(@TempDir Path directory) throws IOException {
        OutsideProgram openssl = OutsideProgram.require("openssl");
        byte[] body = "{}".getBytes(UTF_8);
        SignedFields fields = signer.request("POST", "peer-b.example", "/a", "", "application/json", body);
        String base = "\"@method\": POST\n\"@authority\": peer-b.example\n\"@path\": /a\n\"@query\": ?\n"
                + "\"content-digest\": sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:\n"
                + "\"content-type\": application/json\n\"@signature-params\": "
                + fields.signatureInput().substring("vm=".length());
        byte[] signature = Base64.getDecoder()
                .decode(fields.signature()
                        .substring("vm=:".length(), fields.signature().length() - 1));
        byte[] prefix = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00}; // RFC 8410
        byte[] spki = new byte[prefix.length + 32];
        System.arraycopy(prefix, 0, spki, 0, prefix.length);
        System.arraycopy(key.publicKey().bytes(), 0, spki, prefix.length, 32);
        Files.write(directory.resolve("key.der"), spki);
        Files.write(directory.resolve("signature"), signature);
        Files.writeString(directory.resolve("base"), base, US_ASCII);
        Files.writeString(directory.resolve("other"), base.replace("POST", "PUT"), US_ASCII);
        assertEquals(
                "Signature Verified Successfully",
                openssl(openssl, directory, "base").out().strip());
        assertEquals(1, openssl(openssl, directory, "other").exit());
    }

    private static OutsideProgram.Result openssl(OutsideProgram openssl, Path directory, String base) {
        return openssl.run(
                directory,
                ("pkeyutl -verify -rawin -pubin -keyform DER -inkey key.der -sigfile signature -in " + base)
                        .split(" "));
    }
}
