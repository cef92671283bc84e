package io.vaultmesh.remembrancer.timestamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Our authority before OpenSSL's verifier, and OpenSSL's authority before ours. */
@Timeout(60)
class TimestampAuthorityTest {

    private static final Instant TIME = Instant.parse("2026-06-01T12:00:00.123Z");
    private static final InstantSource CLOCK = InstantSource.fixed(TIME);
    private static final byte[] DATA = "an artifact\n".getBytes(UTF_8);

    @TempDir
    Path directory;

    private void write(String name, byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes);
    }

    private OutsideProgram.Result openssl(String command) {
        return OutsideProgram.require("openssl").run(directory, command.split(" "));
    }

    private static TimestampVerification verify(
            TimestampAuthority authority, byte[] response, TimestampRequest request) {
        return TimestampVerifier.pinning(CLOCK, authority.anchor())
                .verify(TimestampResponse.parse(response), request.imprint(), request);
    }

    @Nested
    class OpenSslVerifies {

        private final TimestampAuthority authority = TimestampAuthority.create(CLOCK);
        private final String pinned = " -CAfile root.pem -attime " + TIME.getEpochSecond();

        @Test
        void aTokenOverData() throws IOException {
            TimestampRequest request = TimestampRequest.of(Hashing.sha256(DATA), new Random(1));
            write("root.pem", authority.root());
            write("data", DATA);
            write("request.tsq", request.toBytes());
            write("response.tsr", authority.respond(request.toBytes()));
            String byData =
                    openssl("ts -verify -data data -in response.tsr" + pinned).orFail();
            assertTrue(byData.contains("Verification: OK"), byData);
            String byRequest = openssl("ts -verify -queryfile request.tsq -in response.tsr" + pinned)
                    .orFail();
            assertTrue(byRequest.contains("Verification: OK"), byRequest);
            write("data", new byte[1]);
            assertNotEquals(
                    0,
                    openssl("ts -verify -data data -in response.tsr" + pinned).exit());
        }

        @Test
        void aTokenOverARootWhoseImprintIsTheRootItself() throws IOException {
            Hash root = Hashing.sha256("a tree".getBytes(UTF_8));
            write("root.pem", authority.root());
            write(
                    "response.tsr",
                    authority.respond(TimestampRequest.of(root, new Random(1)).toBytes()));
            String said = openssl("ts -verify -digest " + root + " -in response.tsr" + pinned)
                    .orFail();
            assertTrue(said.contains("Verification: OK"), said);
        }

        @Test
        void whatItSaysItself() throws IOException {
            write(
                    "response.tsr",
                    authority.respond(TimestampRequest.of(Hashing.sha256(DATA), new Random(1))
                            .toBytes()));
            String text = openssl("ts -reply -in response.tsr -text").orFail();
            assertTrue(text.contains("Policy OID: " + TimestampAuthority.POLICY), text);
            assertTrue(text.contains("Time stamp: Jun  1 12:00:00.123 2026 GMT"), text);
            assertTrue(text.contains("Accuracy: 0x01 seconds"), text);
            String parts = openssl("asn1parse -inform DER -in response.tsr").orFail();
            assertTrue(parts.matches("(?s).*UTCTIME +:260601120000Z.*"), "the signing time is the clock's: " + parts);
        }
    }

    @Nested
    class OpenSslAsks {

        private final TimestampAuthority authority = TimestampAuthority.create(CLOCK);

        @ParameterizedTest
        @ValueSource(strings = {"-cert", "", "-cert -no_nonce", "-cert -tspolicy 2.999.3161.1"})
        void andIsAnswered(String options) throws IOException {
            write("data", DATA);
            write("root.pem", authority.root());
            openssl(("ts -query -data data -sha256 -out request.tsq " + options).strip())
                    .orFail();
            byte[] query = Files.readAllBytes(directory.resolve("request.tsq"));
            write("response.tsr", authority.respond(query));
            TimestampResponse response = TimestampResponse.parse(authority.respond(query));
            assertTrue(response.granted(), response.status());
            if (options.contains("-cert")) { // else whoever verifies has the signer's certificate already
                openssl("ts -verify -queryfile request.tsq -in response.tsr -CAfile root.pem -attime "
                                + TIME.getEpochSecond())
                        .orFail();
                TimestampVerifier verifier = TimestampVerifier.pinning(CLOCK, authority.anchor());
                assertTrue(verifier.verify(response, Hashing.sha256(DATA))
                        .verdict()
                        .holds());
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"-sha1", "-sha512", "-sha256 -tspolicy 1.2.3"})
        void andIsRefusedWhatItCanNotHave(String options) throws IOException {
            write("data", DATA);
            openssl("ts -query -data data -out request.tsq " + options).orFail();
            byte[] answer = authority.respond(Files.readAllBytes(directory.resolve("request.tsq")));
            assertTrue(TimestampResponse.parse(answer).status().startsWith("rejection: "));
            write("response.tsr", answer);
            assertTrue(openssl("ts -reply -in response.tsr -text").orFail().contains("Status: Rejected."));
        }

        @Test
        void overHttp() throws Exception {
            write("data", DATA);
            openssl("ts -query -data data -sha256 -cert -out request.tsq").orFail();
            try (TimestampEndpoint endpoint = authority.serve()) {
                byte[] query = Files.readAllBytes(directory.resolve("request.tsq"));
                var answer = post(endpoint.uri(), "application/timestamp-query", query);
                assertEquals(200, answer.statusCode());
                assertEquals(
                        "application/timestamp-reply",
                        answer.headers().firstValue("Content-Type").orElseThrow());
                verify(authority, answer.body(), TimestampRequest.parse(query))
                        .report()
                        .orThrow();
            }
        }
    }

    private static java.net.http.HttpResponse<byte[]> post(URI uri, String type, byte[] body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
    }

    @Nested
    class OpenSslStamps {

        @ParameterizedTest
        @CsvSource({"false, 2", "false, 1", "true, 1"})
        void andWeVerify(boolean rsa, int essVersion) throws IOException {
            OpenSslAuthority authority = new OpenSslAuthority(directory, rsa, essVersion);
            TimestampRequest request = TimestampRequest.of(Hashing.sha256(DATA), new Random(1));
            TimestampResponse response = TimestampResponse.parse(authority.respond(request.toBytes()));
            TimestampAnchor pin = authority.pin().policies(OpenSslAuthority.POLICY);
            TimestampVerification good =
                    TimestampVerifier.pinning(InstantSource.system(), pin).verify(response, request.imprint(), request);
            good.report().orThrow();
            assertEquals(
                    Optional.of(Duration.ofNanos(1_500_100_000)),
                    good.timestamp().orElseThrow().accuracy());
            assertEquals("CN=TSA,O=VM", good.timestamp().orElseThrow().authority());
            TimestampVerification strict = TimestampVerifier.pinning(InstantSource.system(), pin.strictEss())
                    .verify(response, request.imprint(), request);
            assertEquals(essVersion == 2, strict.verdict().holds());
        }
    }

    @Nested
    class Responds {

        private final TimestampAuthority authority = TimestampAuthority.create(CLOCK);

        @Test
        void withItsOwnTimeToTheMillisecond() {
            TimestampRequest request = TimestampRequest.of(Hashing.sha256(DATA), new Random(1));
            Timestamp timestamp = verify(authority, authority.respond(request.toBytes()), request)
                    .timestamp()
                    .orElseThrow();
            assertEquals(TIME, timestamp.genTime());
            assertEquals(Optional.of(Duration.ofSeconds(1)), timestamp.accuracy());
            assertEquals("CN=Timestamp authority,O=VaultMesh development", timestamp.authority());
        }

        @Test
        void underANewNumberEachTime() {
            TimestampRequest request = TimestampRequest.of(Hashing.sha256(DATA), new Random(1));
            assertNotEquals(
                    verify(authority, authority.respond(request.toBytes()), request)
                            .timestamp()
                            .orElseThrow()
                            .serial(),
                    verify(authority, authority.respond(request.toBytes()), request)
                            .timestamp()
                            .orElseThrow()
                            .serial());
        }

        @Test
        void toNonsenseWithARejection() {
            for (byte[] nonsense : new byte[][] {{}, {1}, "<html>".getBytes(UTF_8), {0x30, 0}}) {
                TimestampResponse response = TimestampResponse.parse(authority.respond(nonsense));
                assertTrue(response.status().startsWith("rejection: not a timestamp request: "), response.status());
            }
        }

        @Test
        void withoutRegisteringAProvider() {
            assertEquals(null, Security.getProvider("BC"));
            assertTrue(authority.root().length > 0);
            assertEquals(null, Security.getProvider("BC"));
        }
    }

    @Nested
    class Serves {

        private final TimestampAuthority authority = TimestampAuthority.create(CLOCK);

        @Test
        void noRequestOfAnotherVersion() {
            byte[] request = TimestampRequest.of(Hashing.sha256(DATA), new SecureRandom())
                    .toBytes();
            assertTrue(TimestampResponse.parse(authority.respond(request)).granted());
            request[4] = 62; // where the version is 1
            TimestampResponse refused = TimestampResponse.parse(authority.respond(request));
            assertFalse(refused.granted());
            assertTrue(refused.status().contains("version is 62, expected 1"), refused.status());
        }

        @Test
        void requestsByPostAlone() throws Exception {
            URI uri;
            try (TimestampEndpoint endpoint = authority.serve()) {
                uri = endpoint.uri();
                HttpRequest delete = HttpRequest.newBuilder(uri).DELETE().build();
                var deleted = HttpClient.newHttpClient().send(delete, BodyHandlers.discarding());
                assertEquals(405, deleted.statusCode());
                assertEquals(415, post(uri, "text/plain", DATA).statusCode());
                assertEquals(
                        413,
                        post(uri, "application/timestamp-query", new byte[64 * 1024 + 1])
                                .statusCode());
                var refused = post(uri, "application/timestamp-query", DATA);
                assertFalse(TimestampResponse.parse(refused.body()).granted());
            }
            assertThrows(IOException.class, () -> post(uri, "application/timestamp-query", DATA));
        }

        @Test
        void theClient() {
            try (TimestampEndpoint endpoint = authority.serve()) {
                TimestampAnswer answer = TimestampClient.builder(TimestampVerifier.pinning(CLOCK, authority.anchor()))
                        .authority(endpoint.uri())
                        .build()
                        .stamp(Hashing.sha256(DATA));
                assertEquals(TIME, answer.timestamp().genTime());
            }
        }
    }

    @Nested
    class InADirectory {

        @Test
        void isTheSameAfterARestart() throws IOException {
            Path home = directory.resolve("authority");
            TimestampAuthority made = TimestampAuthority.open(home, CLOCK);
            InstantSource later = InstantSource.fixed(TIME.plus(1, ChronoUnit.DAYS));
            TimestampAuthority reopened = TimestampAuthority.open(home, later);
            assertArrayEquals(made.root(), reopened.root());
            assertArrayEquals(made.root(), Files.readAllBytes(home.resolve("root.pem")));
            TimestampRequest request = TimestampRequest.of(Hashing.sha256(DATA), new Random(1));
            TimestampVerifier.pinning(later, made.anchor())
                    .verify(TimestampResponse.parse(reopened.respond(request.toBytes())), request.imprint(), request)
                    .report()
                    .orThrow();
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("authority.pem"))));
        }

        @Test
        void thatHoldsSomethingElseIsRefused() throws IOException {
            write("notes.txt", DATA);
            assertThrows(IllegalArgumentException.class, () -> TimestampAuthority.open(directory, CLOCK));
        }

        @Test
        void withAKeyOfAnotherIsRefused() throws IOException {
            Path one = directory.resolve("one");
            Path other = directory.resolve("other");
            assertNotEquals(
                    TimestampAuthority.open(one, CLOCK).anchor(),
                    TimestampAuthority.open(other, CLOCK).anchor());
            String mine = Files.readString(one.resolve("authority.pem"));
            String its = Files.readString(other.resolve("authority.pem"));
            int certificates = mine.indexOf("-----BEGIN CERTIFICATE");
            int root = mine.lastIndexOf("-----BEGIN CERTIFICATE");
            for (String damaged : new String[] {
                mine.substring(0, certificates) + its.substring(its.indexOf("-----BEGIN CERTIFICATE")),
                mine.substring(0, root) + its.substring(its.lastIndexOf("-----BEGIN CERTIFICATE")),
                mine.substring(0, root),
                mine.substring(certificates),
                ""
            }) {
                Files.writeString(one.resolve("authority.pem"), damaged);
                String message = assertThrows(IllegalArgumentException.class, () -> TimestampAuthority.open(one, CLOCK))
                        .getMessage();
                assertTrue(message.contains("authority.pem is damaged"), message);
            }
        }
    }
}
