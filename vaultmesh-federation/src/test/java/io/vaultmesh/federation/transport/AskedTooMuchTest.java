package io.vaultmesh.federation.transport;

import static io.vaultmesh.federation.transport.HostedNode.FRIEND;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.transport.RawClient.Reply;
import io.vaultmesh.federation.wire.EntryList;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a known peer asks too much of, or in a way that none should. */
@Timeout(60)
class AskedTooMuchTest {

    private static final int BURST = 200;
    private static final String PUSH = "/fed/v1/main/push";

    @TempDir
    static Path directory;

    private static final AtomicReference<Duration> AHEAD = new AtomicReference<>(Duration.ZERO);
    private static HostedNode node;

    @BeforeAll
    static void start() {
        node = HostedNode.start(
                directory.resolve("memory"),
                HostedNode.loopback(Duration.ofSeconds(20)),
                builder -> builder.quota(new Quota(0.1, BURST, 1 << 20, 2 << 20))
                        .clock(() ->
                                Instant.ofEpochMilli(System.currentTimeMillis()).plus(AHEAD.get())));
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    /** Each test begins when all that was before is forgiven. */
    @BeforeEach
    void passADay() {
        pass(Duration.ofDays(1));
        node.forgetEvents();
    }

    private static void pass(Duration time) {
        Duration unused = AHEAD.accumulateAndGet(time, Duration::plus);
    }

    private static Letter letter(String method, String path, byte[] body) {
        return Letter.of(FRIEND, AHEAD.get(), node.authority(), method, path, body);
    }

    private static Reply ask(String method, String path, byte[] body) throws IOException {
        return RawClient.ask(node.port(), letter(method, path, body));
    }

    private static Reply checkpoint() throws IOException {
        return ask("GET", "/fed/v1/main/checkpoint", new byte[0]);
    }

    private static long retryAfter(Reply reply) {
        assertEquals(429, reply.status(), reply::text);
        assertEquals("too much; ask again later", reply.text());
        List<String> values = reply.head().values("Retry-After");
        assertEquals(1, values.size());
        return Long.parseLong(values.get(0));
    }

    @Test
    void tooManyRequestsHaveToWaitAsLongAsTheyAreTold() throws Exception {
        for (int i = 0; i < BURST; i++) {
            assertEquals(200, checkpoint().status());
        }
        long wait = retryAfter(checkpoint());
        assertTrue(wait > 0 && wait <= 12, "seconds: " + wait);
        assertEquals(
                Optional.of(HostedNode.id(FRIEND)), node.rejected("REQUESTS").from());
        pass(Duration.ofSeconds(wait));
        assertEquals(200, checkpoint().status());
    }

    @Test
    void tooManyBytesAreRefusedAndTheRefusalArrives() throws Exception {
        byte[] large = new byte[EntryList.MOST_BYTES];
        for (int i = 0; i < 2; i++) {
            assertEquals(400, ask("POST", PUSH, large).status());
        }
        try (RawClient client = RawClient.to(node.port())) {
            assertTrue(
                    retryAfter(client.send(letter("POST", PUSH, large).bytes()).reply()) > 0);
            // the body was taken nevertheless: or the connection is reset, and who still writes never reads the refusal
            pass(Duration.ofDays(1));
            byte[] next = letter("GET", "/fed/v1/main/checkpoint", new byte[0]).bytes();
            assertEquals(200, client.send(next).reply().status());
        }
        assertEquals(Optional.of(HostedNode.id(FRIEND)), node.rejected("BYTES").from());
        node.hasNothingNew();
    }

    @Test
    void whoMisbehavesIsGreylistedForAWhile() throws Exception {
        byte[] half = {0};
        for (int i = 0; i < 11; i++) { // a point fades while the next one is earned
            Reply reply = ask("POST", PUSH, half);
            assertEquals(400, reply.status());
            assertTrue(reply.text().contains("expected"), reply::text);
        }
        long wait = retryAfter(checkpoint());
        assertTrue(wait > 500 && wait < 700, "seconds: " + wait);
        assertEquals(
                Optional.of(HostedNode.id(FRIEND)), node.rejected("GREYLISTED").from());
        pass(Duration.ofSeconds(wait));
        assertEquals(200, checkpoint().status());
        node.hasNothingNew();
    }

    @ParameterizedTest
    @ValueSource(strings = {"announce", "body", "reconcile", "fetch", "push"})
    void whatIsNestedDeeplyIsRefused(String operation) throws IOException {
        for (String nested : List.of("[", "{\"a\":", "{\"format\":[")) {
            byte[] body = nested.repeat(1000).getBytes(UTF_8);
            Reply reply = ask("POST", "/fed/v1/main/" + operation, body);
            assertEquals(400, reply.status(), reply::text);
        }
        node.hasNothingNew();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/fed/v1/main",
                "/fed/v1/main/",
                "/fed/v1/main/checkpoint/",
                "/fed/v1//checkpoint",
                "//fed/v1/main/checkpoint",
                "/fed/v2/main/checkpoint",
                "/FED/v1/main/checkpoint",
                "/fed/v1/MAIN/checkpoint",
                "/fed/v1/../checkpoint",
                "/fed/v1/../v1/main/checkpoint",
                "/fed/v1/main/../main/checkpoint",
                "/fed/v1/./main/checkpoint",
                "/fed/v1/%2e%2e/checkpoint",
                "/fed/v1/..%2fmain/checkpoint",
                "/fed/v1/%6dain/checkpoint",
                "/fed/v1/main%00/checkpoint",
                "/fed/v1/main%0a%1b%5b2J/checkpoint",
                "/fed/v1/main%c2%9b/checkpoint",
                "/fed/v1/main;a=b/checkpoint",
                "/fed/v1/main/tile/0/..%2f..%2f..%2fkeys",
                "/fed/v1/main/tile/0/../../keys",
                "/fed/v1/main/tile/64/000",
                "/fed/v1/main/tile/00/000",
                "/fed/v1/main/tile/0/000%2ep/3",
                "/fed/v1/main/tile/entries/000",
                "/fed/v1/main/keys",
                "/fed/v1/main/memory.json"
            })
    void pathsThatAreNoneOfOursLeadNowhere(String path) throws Exception {
        Reply reply = ask("GET", path, new byte[0]);
        assertEquals(400, reply.status(), reply::text);
        String text = node.rejected("FORM").text();
        assertTrue(text.contains("expected"), text);
        assertFalse(text.chars().anyMatch(Character::isISOControl), text);
    }

    @Test
    void aNamespaceHasSixteenPlaces() throws Exception {
        pass(Duration.ofDays(1)); // whatever others have asked
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 16; i++) {
                RawClient client = RawClient.to(node.port());
                slow.add(client);
                client.send(letter("POST", PUSH, new byte[100]).head());
            }
            Resources.await(() -> bodiesAwaited() == 16, () -> bodiesAwaited() + " bodies are awaited");
            Reply refused = checkpoint();
            assertEquals(503, refused.status(), refused::text);
            assertEquals("busy", refused.text());
            assertTrue(node.rejected("BUSY").text().contains("busy"));
            for (RawClient client : slow) {
                int status = client.send(new byte[100]).reply().status();
                assertTrue(status == 200 || status == 400, () -> "status " + status);
            }
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
        pass(Duration.ofDays(1));
        assertEquals(200, checkpoint().status());
    }

    /** How many threads wait for a body. */
    private static long bodiesAwaited() {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> Arrays.stream(stack)
                        .anyMatch(frame -> frame.getClassName().equals(Desk.class.getName())))
                .count();
    }
}
