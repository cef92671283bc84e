package io.vaultmesh.federation;

import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.Action;
import io.vaultmesh.federation.protocol.Event;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.ProtocolCore;
import io.vaultmesh.federation.transport.Transport;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread in which a node's protocol runs: what happens anywhere is queued and done in its order, and what is to be
 * sent goes to the transport.
 */
final class NodeLoop implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(FederationNode.class);
    private static final Duration LONGEST_NAP = Duration.ofSeconds(1); // the clock may be set meanwhile

    private final ProtocolCore core;
    private final Transport transport;
    private final Function<PeerId, Optional<Peer>> peers;
    private final HoldBack holdBack;
    private final InstantSource clock;
    private final Consumer<FederationEvent> events;
    private final BlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
    private final AtomicBoolean tickQueued = new AtomicBoolean();
    private final Map<Long, CompletableFuture<Response>> asked = new HashMap<>(); // only in the loop's thread
    private long nextToken; // only in the loop's thread
    private volatile boolean closed;

    NodeLoop(
            ProtocolCore core,
            Transport transport,
            Function<PeerId, Optional<Peer>> peers,
            HoldBack holdBack,
            InstantSource clock,
            Consumer<FederationEvent> events) {
        this.core = core;
        this.transport = transport;
        this.peers = peers;
        this.holdBack = holdBack;
        this.clock = clock;
        this.events = events;
    }

    /** Something was recorded. Many calls before the loop comes to it are one. */
    void tick() {
        if (tickQueued.compareAndSet(false, true)) {
            queue.add(() -> {
                tickQueued.set(false);
                happen(new Event.Tick());
            });
        }
    }

    /** Has the loop deal with what happened. */
    void tell(Event event) {
        queue.add(() -> happen(event));
    }

    /** Has the loop answer a peer. */
    CompletableFuture<Response> answer(PeerId from, Request request) {
        CompletableFuture<Response> answer = new CompletableFuture<>();
        queue.add(() -> {
            long token = nextToken++;
            asked.put(token, answer);
            happen(new Event.Asked(from, token, request));
            CompletableFuture<Response> left = asked.remove(token);
            if (left != null) {
                left.complete(Response.refused(Response.UNAVAILABLE, "not now"));
            }
        });
        return answer;
    }

    /** Has something done in the loop's thread, where alone the sets may be looked at. */
    <T> CompletableFuture<T> call(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        queue.add(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        if (closed) {
            result.completeExceptionally(new IllegalStateException("the node is closed"));
        }
        return result;
    }

    void close() {
        closed = true;
        queue.add(() -> {});
    }

    @Override
    public void run() {
        happen(new Event.Tick());
        while (!closed) {
            Runnable next = await();
            if (next == null) {
                happen(new Event.Tick());
            } else {
                next.run();
            }
        }
        for (Runnable left = queue.poll(); left != null; left = queue.poll()) {
            left.run(); // nobody waits in vain; what is asked now fails, since the transport is closed
        }
    }

    private @Nullable Runnable await() {
        try {
            Instant now = clock.instant();
            Instant wake = earlier(core.nextWake(), now.plus(LONGEST_NAP));
            // what is long due is not subtracted: a clock may jump by more than a number of nanoseconds can hold
            long nap = wake.isAfter(now) ? Duration.between(now, wake).toNanos() : 0;
            return queue.poll(nap, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            closed = true;
            return null;
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private void happen(Event event) {
        try {
            core.on(event).forEach(this::perform);
        } catch (RuntimeException | Error e) { // a loop that ended would leave everybody waiting
            LOG.error("a node failed on {}", event, e);
            events.accept(new FederationEvent.Failed(event.getClass().getSimpleName() + ": " + e));
        }
    }

    private void perform(Action action) {
        if (action instanceof Action.Answer answer) {
            CompletableFuture<Response> waiting = asked.remove(answer.token());
            if (waiting != null) {
                waiting.complete(answer.response());
            }
        } else if (action instanceof Action.Ask ask) {
            Optional<Peer> peer = peers.apply(ask.to());
            Optional<String> held = holdBack.reason(ask.to());
            if (peer.isEmpty() || held.isPresent()) {
                tell(new Event.Unanswered(ask.number(), held.orElse("the peer has left")));
            } else {
                var unused = transport.ask(peer.get(), ask.request()).whenComplete((response, failure) -> {
                    if (failure == null) {
                        holdBack.note(ask.to(), response);
                        tell(new Event.Answered(ask.number(), response));
                    } else {
                        tell(new Event.Unanswered(ask.number(), String.valueOf(failure.getMessage())));
                    }
                });
            }
        }
    }
}
