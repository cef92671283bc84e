package io.vaultmesh.federation.transport;

import static io.vaultmesh.federation.transport.HostedNode.FRIEND;
import static io.vaultmesh.federation.transport.HostedNode.IDLER;
import static io.vaultmesh.federation.transport.HostedNode.STRANGER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.federation.reconcile.ItemSet;
import io.vaultmesh.federation.reconcile.Negentropy;
import io.vaultmesh.federation.transport.RawClient.Reply;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.BodyRange;
import io.vaultmesh.federation.wire.IdList;
import io.vaultmesh.federation.wire.Operation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong with a request is told to who sent it and to the operator, and nothing comes of it. */
@Timeout(60)
class HostileClientTest {

    private static final Hash SOME = Hashing.sha256("something".getBytes(UTF_8));
    private static final String COMPONENTS =
            "\"@method\" \"@authority\" \"@path\" \"@query\" \"content-digest\" \"content-type\"";

    @TempDir
    static Path directory;

    private static HostedNode node;

    @BeforeAll
    static void start() {
        node = HostedNode.start(directory.resolve("memory"), HostedNode.loopback(Duration.ofSeconds(5)), each -> each);
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    @BeforeEach
    void forget() {
        node.forgetEvents();
    }

    private static String path(Operation operation) {
        return "/fed/v1/main/" + (operation == Operation.TILE ? "tile/0/000.p/3" : operation.label());
    }

    private static byte[] content(Operation operation) {
        return switch (operation) {
            case CHECKPOINT, TILE, PUSH -> new byte[0];
            case ANNOUNCE -> new Announcement(SOME, SOME, 1, List.of()).bytes();
            case RECONCILE -> Negentropy.of(new ItemSet()).client().initiate();
            case FETCH -> IdList.encode(List.of(SOME));
            case BODY -> new BodyRange(SOME, 1, 0, 1).bytes();
        };
    }

    private static Letter sound(Operation operation) {
        return node.letter(FRIEND, operation.isGet() ? "GET" : "POST", path(operation), content(operation));
    }

    /** What is sent in place of a sound request, and how it is refused. */
    private record Bad(String what, int status, String reason, String text, UnaryOperator<Letter> change) {}

    private static List<Bad> bad(Operation operation) {
        String method = operation.isGet() ? "GET" : "POST";
        String path = path(operation);
        byte[] content = content(operation);
        List<Bad> all = new ArrayList<>(List.of(
                new Bad(
                        "unsigned",
                        401,
                        "UNSIGNED",
                        "Signature-Input",
                        each -> each.without("Signature-Input").without("Signature")),
                new Bad(
                        "without the signature itself",
                        401,
                        "UNSIGNED",
                        "Signature",
                        each -> each.without("Signature")),
                new Bad("without a digest", 401, "MALFORMED", "Content-Digest", each -> each.without("Content-Digest")),
                new Bad(
                        "by another key than it says",
                        401,
                        "SIGNATURE",
                        "doesn't fit",
                        each -> each.with(
                                "Signature",
                                node.letter(IDLER, method, path, content).value("Signature"))),
                new Bad(
                        "with a signature for another request",
                        401,
                        "SIGNATURE",
                        "doesn't fit",
                        each -> each.with("Signature-Input", sound(operation).value("Signature-Input"))),
                new Bad(
                        "with fewer components",
                        401,
                        "COMPONENTS",
                        "expected",
                        each -> each.forged(FRIEND, input -> input.replace(" \"content-digest\"", ""))),
                new Bad(
                        "with more components",
                        401,
                        "COMPONENTS",
                        "expected",
                        each -> each.forged(
                                FRIEND,
                                input -> input.replace("\"content-type\"", "\"content-type\" \"content-length\""))),
                new Bad(
                        "without any component",
                        401,
                        "COMPONENTS",
                        "expected",
                        each -> each.with(
                                "Signature-Input", each.value("Signature-Input").replace(COMPONENTS, ""))),
                new Bad(
                        "with a longer life",
                        401,
                        "PARAMETERS",
                        "expires",
                        each -> each.forged(
                                FRIEND, input -> input.replaceFirst("expires=[0-9]+", "expires=99999999999"))),
                new Bad(
                        "expired",
                        401,
                        "EXPIRED",
                        "time is not over",
                        each -> Letter.of(FRIEND, Duration.ofSeconds(-61), node.authority(), method, path, content)),
                new Bad(
                        "before the node was started",
                        401,
                        "BEFORE_START",
                        "not yet started",
                        each -> Letter.of(FRIEND, Duration.ofSeconds(-55), node.authority(), method, path, content)),
                new Bad(
                        "from the future",
                        401,
                        "CLOCK",
                        "clocks",
                        each -> Letter.of(FRIEND, Duration.ofSeconds(40), node.authority(), method, path, content)),
                new Bad(
                        "for another authority",
                        401,
                        "AUTHORITY",
                        "evil.example",
                        each -> Letter.of(FRIEND, "evil.example", method, path, content)),
                new Bad(
                        "for another port",
                        401,
                        "AUTHORITY",
                        "127.0.0.1:1",
                        each -> Letter.of(FRIEND, "127.0.0.1:1", method, path, content)),
                new Bad(
                        "forwarded for our authority",
                        401,
                        "AUTHORITY",
                        "evil.example",
                        each -> Letter.of(FRIEND, "evil.example", method, path, content)
                                .and("X-Forwarded-Host", node.authority())
                                .and("X-Forwarded-For", "10.9.8.7")
                                .and("Forwarded", "for=10.9.8.7;host=\"" + node.authority() + "\"")),
                new Bad("with two hosts", 401, "MALFORMED", "field Host", each -> each.and("Host", node.authority())),
                new Bad("without a host", 401, "MALFORMED", "field Host", each -> each.without("Host")),
                new Bad(
                        "with two digests",
                        401,
                        "MALFORMED",
                        "2 fields",
                        each -> each.and("Content-Digest", each.value("Content-Digest"))),
                new Bad(
                        "by a stranger",
                        401,
                        "UNKNOWN_KEY",
                        "key of a peer",
                        each -> node.letter(STRANGER, method, path, content)),
                new Bad(
                        "by a peer without the role",
                        403,
                        "ROLE",
                        "not allowed",
                        each -> node.letter(IDLER, method, path, content)),
                new Bad(
                        "in another namespace",
                        403,
                        "ROLE",
                        "not allowed",
                        each -> node.letter(FRIEND, method, path.replace("main", "other"), content)),
                new Bad(
                        "for another namespace than was signed",
                        401,
                        "SIGNATURE",
                        "doesn't fit",
                        each -> each.line(method + " " + path.replace("main", "other") + " HTTP/1.1")),
                new Bad(
                        "with a query that wasn't signed",
                        401,
                        "SIGNATURE",
                        "doesn't fit",
                        each -> each.line(method + " " + path + "?a=b HTTP/1.1")),
                new Bad(
                        "with a query",
                        400,
                        "FORM",
                        "path",
                        each -> node.letter(FRIEND, method, path + "?a=b", content)),
                new Bad(
                        "by another method",
                        400,
                        "FORM",
                        "method",
                        each -> node.letter(FRIEND, "DELETE", path, content)),
                new Bad(
                        "with a gigabyte",
                        operation.isGet() ? 400 : 413,
                        "LENGTH",
                        "expected",
                        each -> each.with("Content-Length", Integer.toString(1 << 30))),
                new Bad(
                        "in chunks",
                        operation.isGet() ? 400 : 411,
                        "LENGTH",
                        "expected",
                        each -> each.without("Content-Length")
                                .and("Transfer-Encoding", "chunked")
                                .body("0\r\n\r\n".getBytes(UTF_8))),
                new Bad(
                        "with a length in another form",
                        operation.isGet() ? 400 : 411,
                        "LENGTH",
                        "expected",
                        each -> each.with("Content-Length", "+" + content.length)),
                new Bad(
                        "in absolute form",
                        401,
                        "MALFORMED",
                        "path",
                        each -> each.line(method + " http://" + node.authority() + path + " HTTP/1.1")),
                new Bad(
                        "in absolute form for somebody else",
                        401,
                        "MALFORMED",
                        "path",
                        each -> each.line(method + " http://evil.example" + path + " HTTP/1.1")),
                new Bad(
                        "with an authority in its path",
                        401,
                        "SIGNATURE",
                        "doesn't fit",
                        each -> each.line(method + " //evil.example" + path + " HTTP/1.1")),
                new Bad(
                        "with a fragment",
                        401,
                        "MALFORMED",
                        "path",
                        each -> each.line(method + " " + path + "#a HTTP/1.1"))));
        if (!operation.isGet()) {
            all.add(new Bad("with another body than was signed", 401, "DIGEST", "SHA-256", each -> {
                byte[] other = content.length == 0 ? new byte[1] : content.clone();
                other[0] ^= 1;
                return each.with("Content-Length", Integer.toString(other.length))
                        .body(other);
            }));
        }
        return all;
    }

    @TestFactory
    Stream<DynamicTest> refuses() {
        return Stream.of(Operation.values())
                .flatMap(operation -> bad(operation).stream()
                        .map(each -> DynamicTest.dynamicTest(
                                operation.label() + " " + each.what(), () -> isRefused(operation, each))));
    }

    private static void isRefused(Operation operation, Bad bad) throws Exception {
        node.forgetEvents();
        Reply reply = RawClient.ask(node.port(), bad.change().apply(sound(operation)));
        assertEquals(bad.status(), reply.status(), reply::text);
        assertTrue(reply.text().contains(bad.text()), reply::text);
        var event = node.rejected(bad.reason());
        assertTrue(event.text().contains(bad.text()), event::text);
        assertEquals(bad.status() == 401, event.from().isEmpty(), event::toString);
        assertEquals(
                bad.status() != 401, reply.head().values("Signature").size() == 1, "only peers get signed answers");
        if (event.from().isEmpty()) {
            assertTrue(event.text().startsWith("127.0.0.1: "), event::text);
            assertFalse(event.text().contains("10.9.8.7"), event::text);
        }
        node.hasNothingNew();
    }

    @TestFactory
    Stream<DynamicTest> acceptsEachRequestOnce() {
        return Stream.of(Operation.values())
                .map(operation -> DynamicTest.dynamicTest(operation.label(), () -> {
                    Letter letter = sound(operation);
                    Reply first = RawClient.ask(node.port(), letter);
                    assertTrue(first.status() == 200 || first.status() == 404, first::toString);
                    assertEquals(operation == Operation.BODY ? 404 : 200, first.status(), first::text);
                    Reply second = RawClient.ask(node.port(), letter);
                    assertEquals(401, second.status());
                    assertTrue(second.text().contains("was here before"), second::text);
                    assertTrue(node.rejected("REPLAYED").from().isEmpty());
                }));
    }

    @Test
    void needsNoLengthWhereThereIsNoBody() throws IOException {
        Letter letter = node.checkpoint(FRIEND).without("Content-Length");
        assertEquals(200, RawClient.ask(node.port(), letter).status());
    }

    @Test
    void acceptsNothingAgainAfterItWasStartedAnew() throws IOException {
        Path memory = directory.resolve("anew");
        Letter letter;
        int port;
        try (HostedNode before = HostedNode.start(memory, HostedNode.loopback(Duration.ofSeconds(5)), each -> each)) {
            port = before.port();
            letter = before.checkpoint(FRIEND);
            assertEquals(200, RawClient.ask(port, letter).status());
        }
        try (HostedNode after = HostedNode.start(memory, HttpSettings.listen("127.0.0.1", port), each -> each)) {
            Reply again = RawClient.ask(port, letter);
            assertEquals(401, again.status());
            assertTrue(again.text().contains("had not yet started"), again::text);
            assertEquals(200, RawClient.ask(port, after.checkpoint(FRIEND)).status());
        }
    }
}
