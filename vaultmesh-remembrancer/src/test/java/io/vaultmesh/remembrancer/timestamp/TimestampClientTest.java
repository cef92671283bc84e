package io.vaultmesh.remembrancer.timestamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a timestamp over HTTP, and what isn't, whatever the server does. */
@Timeout(60)
class TimestampClientTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");
    private static final Hash DATA = Hashing.sha256("data".getBytes(UTF_8));
    private static final TimestampAuthority AUTHORITY = TimestampAuthority.create(() -> START);
    private static final AwkwardServer.Answer HONEST =
            (exchange, request) -> AwkwardServer.body(200, "application/timestamp-reply", AUTHORITY.respond(request))
                    .to(exchange, request);

    private final AwkwardServer first = new AwkwardServer(HONEST);
    private final AwkwardServer second = new AwkwardServer(HONEST);
    private Instant now = START;
    private final InstantSource clock = () -> now;
    private final TimestampVerifier verifier = TimestampVerifier.pinning(clock, AUTHORITY.anchor());

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private TimestampClient client() {
        return TimestampClient.builder(verifier).authority(first.uri()).build();
    }

    private TimestampClientBuilder both() {
        return TimestampClient.builder(verifier).authority(first.uri()).authority(second.uri());
    }

    private String refused(AwkwardServer.Answer answer) {
        first.answer(answer);
        return refused(client());
    }

    private static String refused(TimestampClient client) {
        TimestampUnavailableException e = assertThrows(TimestampUnavailableException.class, () -> client.stamp(DATA));
        assertEquals(1, e.failures().size());
        assertTrue(e.getMessage().startsWith("no timestamp over " + DATA + ": http://127.0.0.1:"), e.getMessage());
        return e.failures().get(0).reason();
    }

    @Test
    void aVerifiedAnswerIsReturnedWithWhatWasAsked() {
        TimestampAnswer answer = client().stamp(DATA);
        assertEquals(first.uri(), answer.authority());
        assertEquals(List.of(), answer.failures());
        assertEquals(DATA, answer.timestamp().imprint());
        assertEquals(START, answer.timestamp().genTime());
        assertEquals(answer.request(), TimestampRequest.parse(first.requests().get(0)));
        verifier.verify(answer.response(), DATA, answer.request()).report().orThrow();
    }

    @Test
    void noNonceIsUsedTwice() {
        TimestampClient client = client();
        assertNotEquals(client.stamp(DATA).request(), client.stamp(DATA).request());
        TimestampClient seeded = TimestampClient.builder(verifier)
                .authority(first.uri())
                .random(new Random(1))
                .build();
        assertEquals(
                TimestampRequest.of(DATA, new Random(1)), seeded.stamp(DATA).request());
    }

    @Nested
    class Answers {

        @Test
        void anOldAnswerIsRefused() {
            byte[] old =
                    AUTHORITY.respond(TimestampRequest.of(DATA, new Random(1)).toBytes());
            assertTrue(refused(AwkwardServer.body(200, "application/timestamp-reply", old))
                    .contains("FAIL nonce: the token has"));
        }

        @Test
        void anAuthorityThatIsNotPinnedIsRefused() {
            TimestampAuthority other = TimestampAuthority.create(() -> START);
            String reason = refused((exchange, request) -> AwkwardServer.body(
                            200, "application/timestamp-reply", other.respond(request))
                    .to(exchange, request));
            assertTrue(reason.contains("FAIL chain: "), reason);
        }

        @Test
        void aRejectionIsRefused() {
            String reason =
                    refused(AwkwardServer.body(200, "application/timestamp-reply", AUTHORITY.respond(new byte[] {1})));
            assertTrue(reason.contains("FAIL status: rejection"), reason);
        }

        @Test
        void aPageOfHtmlIsRefused() {
            String reason = refused(AwkwardServer.body(200, "text/html", "<html>hello</html>".getBytes(UTF_8)));
            assertTrue(reason.startsWith("an answer of type text/html: not a timestamp response: "), reason);
            assertTrue(
                    refused(AwkwardServer.body(200, "text/plain", new byte[0])).endsWith("it is empty"));
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void aRedirectIsNotFollowed(int status) {
            String reason = refused((exchange, request) -> {
                exchange.getResponseHeaders().set("Location", second.uri().toString());
                exchange.sendResponseHeaders(status, -1);
            });
            assertEquals("status " + status + ", expected 200", reason);
            assertEquals(0, second.requests().size());
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 404, 500, 503})
        void anErrorIsRefusedWithoutReadingItsPage(int status) {
            assertEquals("status " + status + ", expected 200", refused(AwkwardServer.endless(status, 0)));
        }

        @ParameterizedTest
        @ValueSource(longs = {0, 1 << 30})
        void aBodyWithoutEndIsBrokenOff(long length) {
            assertEquals("the body has more than 1048576 bytes", refused(AwkwardServer.endless(200, length)));
        }

        @Test
        void aBodyMayHaveAMegabyteAndNoByteMore() {
            byte[] most = new byte[1024 * 1024];
            assertTrue(refused(AwkwardServer.body(200, "text/plain", most)).contains("not a timestamp response: "));
            assertEquals(
                    "the body has more than 1048576 bytes",
                    refused(AwkwardServer.body(200, "text/plain", new byte[most.length + 1])));
        }

        @Test
        void aBodyThatBreaksOffIsRefused() {
            String reason = refused((exchange, request) -> {
                exchange.sendResponseHeaders(200, 5000);
                exchange.getResponseBody().write(new byte[100]);
                exchange.getResponseBody().flush(); // else the headers may be lost with it
            });
            // who notices first, the client or what reads the body, is a matter of timing
            assertTrue(
                    reason.startsWith("the body broke off after ") || reason.endsWith("bytes received: 100"), reason);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, 100})
        void theDeadlineStandsOverTheWholeExchange(int sent) {
            first.answer(first.stallAfter(sent));
            assertEquals(
                    "no whole answer within 300 ms",
                    refused(TimestampClient.builder(verifier)
                            .authority(first.uri())
                            .deadline(Duration.ofMillis(300))
                            .build()));
        }

        @Test
        void nobodyListeningIsAFailureLikeOthers() {
            URI gone = second.uri();
            second.close();
            TimestampAnswer answer = TimestampClient.builder(verifier)
                    .authority(gone)
                    .authority(first.uri())
                    .build()
                    .stamp(DATA);
            assertEquals(first.uri(), answer.authority());
            assertEquals(gone, answer.failures().get(0).authority());
        }

        @Test
        void anInterruptEndsTheCall() {
            Thread.currentThread().interrupt();
            UncheckedIOException e = assertThrows(
                    UncheckedIOException.class, () -> both().build().stamp(DATA));
            assertTrue(Thread.interrupted(), "stays set");
            assertInstanceOf(InterruptedIOException.class, e.getCause());
        }
    }

    @Nested
    class InTurn {

        @Test
        void theNextIsAskedIfOneFails() {
            first.answer(AwkwardServer.body(500, "text/plain", new byte[0]));
            TimestampAnswer answer = both().build().stamp(DATA);
            assertEquals(second.uri(), answer.authority());
            assertEquals(
                    List.of(new AuthorityFailure(
                            first.uri(),
                            AuthorityFailure.Cause.STATUS,
                            OptionalInt.of(500),
                            "status 500, expected 200",
                            Optional.empty())),
                    answer.failures());
        }

        @Test
        void ifAllFailEachIsNamedWithItsReason() {
            first.answer(AwkwardServer.body(500, "text/plain", new byte[0]));
            second.answer(AwkwardServer.body(404, "text/plain", new byte[0]));
            TimestampUnavailableException e = assertThrows(
                    TimestampUnavailableException.class, () -> both().build().stamp(DATA));
            assertTrue(
                    e.getMessage()
                            .endsWith(": " + first.uri() + ": status 500, expected 200; " + second.uri()
                                    + ": status 404, expected 200"),
                    e.getMessage());
            assertEquals(Optional.empty(), e.notBefore());
        }

        @Test
        void aRequestThatWasMadeBeforeGoesOutAsItIs() {
            TimestampRequest request = TimestampRequest.of(DATA, new Random(5));
            assertEquals(request, client().stamp(request).request());
            assertEquals(request, client().stamp(request).request());
            assertEquals(2, first.requests().size());
            first.requests().forEach(sent -> assertArrayEquals(request.toBytes(), sent));
        }

        @Test
        void whatKindOfFailureItWasIsSaidToPrograms() {
            assertEquals(AuthorityFailure.Cause.STATUS, cause(AwkwardServer.body(401, "text/plain", new byte[0])));
            assertEquals(
                    AuthorityFailure.Cause.NOT_A_RESPONSE,
                    cause(AwkwardServer.body(200, "text/html", "<p>".getBytes(UTF_8))));
            assertEquals(AuthorityFailure.Cause.NO_ANSWER, cause((exchange, request) -> exchange.close()));
        }

        @ParameterizedTest
        @CsvSource({
            "NOT_NOW, 300c300a0201020305060000 0040, the request cannot be handled due to system failure",
            "NOT_NOW, 300a3008020102030301 0002, the TSA's time source is not available",
            "NOT_NOW, 30053003020103, Waiting.",
            "REFUSED, 300930070201020302 0780, unrecognized or unsupported algorithm identifier",
            "REFUSED, 30053003020102, Rejected.",
            "REFUSED, 30053003020105, Revoked.",
        })
        void whoRefusesForAReasonOfItsOwnMayBeAskedAgain(
                AuthorityFailure.Cause expected, String hex, String openssl, @TempDir Path directory)
                throws IOException {
            byte[] der = HexFormat.of().parseHex(hex.replace(" ", ""));
            Files.write(directory.resolve("response.tsr"), der);
            String said = OutsideProgram.require("openssl")
                    .run(directory, "ts", "-reply", "-in", "response.tsr", "-text")
                    .orFail();
            assertTrue(said.contains(openssl), said);
            assertEquals(expected, cause(AwkwardServer.body(200, "application/timestamp-reply", der)));
        }

        private AuthorityFailure.Cause cause(AwkwardServer.Answer answer) {
            first.answer(answer);
            return assertThrows(TimestampUnavailableException.class, () -> client().stamp(DATA))
                    .failures()
                    .get(0)
                    .cause();
        }

        @Test
        void anAuthorityIsLeftAloneForItsInterval() {
            TimestampClient client = both().interval(Duration.ofSeconds(15)).build();
            assertEquals(first.uri(), client.stamp(DATA).authority());
            now = START.plusSeconds(5);
            assertEquals(second.uri(), client.stamp(DATA).authority());
            now = START.plusMillis(14_999);
            TimestampUnavailableException e =
                    assertThrows(TimestampUnavailableException.class, () -> client.stamp(DATA));
            assertEquals(Optional.of(START.plusSeconds(15)), e.notBefore());
            assertTrue(e.getMessage().contains("not to be asked before 2026-06-01T12:00:15Z"), e.getMessage());
            assertEquals(1, first.requests().size());
            now = START.plusSeconds(15);
            assertEquals(first.uri(), client.stamp(DATA).authority());
        }

        @ParameterizedTest
        @CsvSource({
            "503, 120, 2026-06-01T12:02:00Z",
            "429, 'Mon, 01 Jun 2026 12:10:00 GMT', 2026-06-01T12:10:00Z",
            "503, 999999999, 2026-06-02T12:00:00Z",
            "503, 99999999999999999999, 2026-06-02T12:00:00Z",
            "503, 'Mon, 01 Jun 2099 12:10:00 GMT', 2026-06-02T12:00:00Z",
        })
        void retryAfterIsHonouredForUpToADay(int status, String header, Instant until) {
            first.answer(AwkwardServer.retryAfter(status, header));
            TimestampClient client = client();
            TimestampUnavailableException e =
                    assertThrows(TimestampUnavailableException.class, () -> client.stamp(DATA));
            assertEquals(Optional.of(until), e.notBefore());
            first.answer(HONEST);
            now = until.minusMillis(1);
            assertEquals("not to be asked before " + until, refused(client));
            assertEquals(1, first.requests().size());
            now = until;
            TimestampVerifier patient = verifier.skew(Duration.ofDays(2));
            assertTrue(patient.verify(client.stamp(DATA).response(), DATA)
                    .verdict()
                    .holds());
        }

        @Test
        void aClockThatIsSetBackEndsAWait() {
            first.answer(AwkwardServer.retryAfter(503, "86400"));
            TimestampClient client = client();
            assertEquals("status 503, expected 200", refused(client));
            now = START.minus(Duration.ofDays(365));
            assertEquals("status 503, expected 200", refused(client));
            assertEquals(2, first.requests().size());
        }

        @ParameterizedTest
        @ValueSource(strings = {"soon", "-5", "1.5", "0", "Mon, 01 Jun 2020 12:10:00 GMT"})
        void aRetryAfterThatSaysNothingDelaysNothing(String header) {
            first.answer(AwkwardServer.retryAfter(503, header));
            TimestampClient client = client();
            assertEquals("status 503, expected 200", refused(client));
            first.answer(HONEST);
            assertEquals(first.uri(), client.stamp(DATA).authority());
        }
    }

    @Nested
    class Builder {

        @ParameterizedTest
        @ValueSource(
                strings = {"tsa", "/tsa", "ftp://example.com/tsa", "http:tsa", "http:///tsa", "http://example.com/#a"})
        void refusesWhatIsNotPlainHttp(String uri) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> TimestampClient.builder(verifier).authority(URI.create(uri)))
                    .getMessage();
            assertTrue(message.startsWith("an authority's URI is " + uri + ", expected "), message);
        }

        @Test
        void refusesAPasswordAndDoesNotRepeatIt() {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> TimestampClient.builder(verifier)
                                    .authority(URI.create("http://me:secret@example.com/")))
                    .getMessage();
            assertEquals("an authority's URI has user info, expected none", message);
        }

        @Test
        void refusesWhatIsSetTwiceOrMakesNoSense() {
            TimestampClientBuilder builder = TimestampClient.builder(verifier);
            assertThrows(IllegalStateException.class, builder::build);
            assertThrows(IllegalArgumentException.class, () -> builder.deadline(Duration.ZERO));
            assertThrows(IllegalArgumentException.class, () -> builder.interval(Duration.ofSeconds(-1)));
            builder.authority(first.uri())
                    .deadline(Duration.ofSeconds(1))
                    .interval(Duration.ZERO)
                    .random(new Random(1));
            assertThrows(IllegalStateException.class, () -> builder.authority(first.uri()));
            assertThrows(IllegalStateException.class, () -> builder.deadline(Duration.ofSeconds(2)));
            assertThrows(IllegalStateException.class, () -> builder.interval(Duration.ofSeconds(2)));
            assertThrows(IllegalStateException.class, () -> builder.random(new Random(2)));
        }
    }
}
