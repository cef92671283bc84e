package io.vaultmesh.federation;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.federation.peer.PeerId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

/** Who waits for what a node's thread does, and perhaps a peer: nobody waits for what won't come any more. Thread-safe. */
final class Waiters {

    private final Map<Long, Waiting> waiting = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong();
    private volatile boolean closed;

    private record Waiting(Optional<PeerId> peer, CompletableFuture<?> result) {

        void giveUp(String why) {
            result.completeExceptionally(new IllegalStateException(why));
        }
    }

    /** From now on it is waited for, until it comes or is given up. */
    @CanIgnoreReturnValue
    <T> CompletableFuture<T> add(Optional<PeerId> peer, CompletableFuture<T> result) {
        long number = next.getAndIncrement();
        Waiting added = new Waiting(peer, result);
        waiting.put(number, added);
        var unused = result.whenComplete((value, failure) -> waiting.remove(number));
        if (closed) {
            added.giveUp("the node is closed");
        }
        return result;
    }

    /** Gives up what would come from a peer. */
    void giveUp(PeerId peer, String why) {
        waiting.values().stream()
                .filter(each -> each.peer().equals(Optional.of(peer)))
                .forEach(each -> each.giveUp(peer + " " + why));
    }

    /** Gives up everything, also what somebody begins to wait for later. */
    void close() {
        closed = true;
        waiting.values().forEach(each -> each.giveUp("the node is closed"));
    }

    /** Waits for a result. */
    @CanIgnoreReturnValue
    <T> T await(CompletableFuture<T> result) {
        try {
            return add(Optional.empty(), result).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the node", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
