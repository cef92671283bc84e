package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.signature.MessageSigner;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Asks servers that a test scripts, and leaves nothing behind. */
abstract class AskingFixture {

    static final Ed25519PrivateKey US = HostedNode.key(1);
    static final Ed25519PrivateKey PEER = HostedNode.key(2);
    static final Ed25519PrivateKey OTHER = HostedNode.key(3);
    static final Duration TIMEOUT = Duration.ofMillis(500);
    static final Duration SOON = Duration.ofSeconds(4); // a busy machine may need that
    static final Request CHECKPOINT = Request.of(Operation.CHECKPOINT, NamespaceName.MAIN, new byte[0]);

    private final List<AutoCloseable> open = new ArrayList<>();
    private long sockets;

    @BeforeEach
    void count() {
        sockets = Resources.sockets();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
        Resources.await(() -> Resources.sockets() <= sockets, () -> Resources.sockets() + " sockets, not " + sockets);
        Resources.awaitNoThreads();
    }

    final <T extends AutoCloseable> T opened(T closeable) {
        open.add(closeable);
        return closeable;
    }

    final HttpTransport transport(Addresses.Resolver resolver) {
        return transport(TIMEOUT, resolver);
    }

    final HttpTransport transport(Duration timeout, Addresses.Resolver resolver) {
        InstantSource clock = InstantSource.system();
        HttpSettings settings = HttpSettings.listen("127.0.0.1", 0).timeout(timeout);
        return opened(HttpTransport.of(settings, US, new Guard(Quota.DEFAULT, 1, clock), clock, resolver));
    }

    final HttpTransport transport() {
        return transport(InetAddress::getAllByName);
    }

    static Peer peer(URI address) {
        return Peer.at(address).identity(HostedNode.id(PEER));
    }

    static Response ask(HttpTransport transport, URI address) throws Exception {
        return transport.ask(peer(address), CHECKPOINT).get(30, TimeUnit.SECONDS);
    }

    /** Asks in vain; says why. */
    static String fails(HttpTransport transport, URI address) {
        long begin = System.nanoTime();
        Throwable failure = assertThrows(ExecutionException.class, () -> {
                    Response unused = ask(transport, address);
                })
                .getCause();
        assertTrue(failure instanceof IOException, failure::toString);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        assertTrue(time.compareTo(SOON) < 0, "only after " + time);
        return String.valueOf(failure.getMessage());
    }

    @CanIgnoreReturnValue
    final String fails(ScriptedServer.Script script, String why) throws IOException {
        String message = fails(transport(), opened(ScriptedServer.of(script)).at());
        assertTrue(message.contains(why), message);
        return message;
    }

    static byte[] answer(Ed25519PrivateKey by, String toSignature, int signed, int sent, byte[] body, String... more) {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + sent + " X\r\nContent-Length: " + body.length + "\r\n");
        MessageSigner.of(by, InstantSource.system(), new SecureRandom())
                .response(signed, "text/plain", body, toSignature)
                .byName()
                .forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        for (String line : more) {
            head.append(line + "\r\n");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes((head + "\r\n").getBytes(ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    static String signature(String request) {
        return ScriptedServer.field(request, "Signature");
    }

    /** Answers each request as the peer does. */
    static void serve(java.io.InputStream in, OutputStream out, String... more) throws IOException {
        for (String request = ScriptedServer.request(in); !request.isEmpty(); request = ScriptedServer.request(in)) {
            out.write(answer(PEER, signature(request), 200, 200, "yes".getBytes(UTF_8), more));
        }
    }
}
