package io.vaultmesh.federation.transport;

import static io.vaultmesh.federation.transport.HostedNode.FRIEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.transport.RawClient.Reply;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A node that has no answer, for whatever reason. */
@Timeout(60)
class SilentReceiverTest {

    private final BlockingQueue<Receiver.Refused> refused = new LinkedBlockingQueue<>();

    private void isUnavailable(Supplier<CompletableFuture<Response>> answer) throws Exception {
        InstantSource clock = InstantSource.system();
        HttpSettings settings = HostedNode.loopback(Duration.ofMillis(1000));
        try (HttpTransport transport =
                HttpTransport.of(settings, HostedNode.key(7), new Guard(Quota.DEFAULT, 1, clock), clock)) {
            transport.start(new Receiver() {
                @Override
                public Optional<Peer> peer(PeerId id) {
                    return Optional.of(Peer.of(id).roles(HostedNode.ALL).namespaces("main"));
                }

                @Override
                public CompletableFuture<Response> receive(PeerId from, Request request) {
                    return answer.get();
                }

                @Override
                public void refused(Refused each) {
                    refused.add(each);
                }
            });
            int port = transport.address().orElseThrow().getPort();
            for (int i = 0; i < 2; i++) { // the place is given back
                Reply reply = RawClient.ask(
                        port, Letter.of(FRIEND, "127.0.0.1:" + port, "GET", "/fed/v1/main/checkpoint", new byte[0]));
                assertEquals(503, reply.status());
                assertEquals("not now", reply.text());
                Receiver.Refused event = refused.take();
                assertEquals("UNANSWERED", event.reason());
                assertEquals(Optional.of(HostedNode.id(FRIEND)), event.from());
                assertTrue(event.text().contains("/fed/v1/main/checkpoint"), event::text);
            }
        }
    }

    @Test
    void becauseItIsBusyForTooLong() throws Exception {
        isUnavailable(CompletableFuture::new);
    }

    @Test
    void becauseItFailed() throws Exception {
        isUnavailable(() -> CompletableFuture.failedFuture(new IllegalStateException("a failure")));
    }

    @Test
    void becauseItThrows() throws Exception {
        isUnavailable(() -> {
            throw new IllegalStateException("a failure");
        });
    }
}
