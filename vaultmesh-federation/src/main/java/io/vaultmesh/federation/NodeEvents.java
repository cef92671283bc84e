package io.vaultmesh.federation;

import io.vaultmesh.federation.protocol.FederationEvent;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells everybody who wants to know, one event at a time. Thread-safe. */
final class NodeEvents implements Consumer<FederationEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(FederationNode.class);

    private final List<Consumer<FederationEvent>> listeners;

    NodeEvents(List<Consumer<FederationEvent>> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    /** A listener that fails changes nothing for the node, nor for the other listeners. */
    @Override
    public synchronized void accept(FederationEvent event) {
        for (Consumer<FederationEvent> listener : listeners) {
            try {
                listener.accept(event);
            } catch (RuntimeException | Error e) {
                LOG.warn("a listener failed on {}", event, e);
            }
        }
    }

    /** Whether the thread that calls this is just telling somebody. */
    boolean isTelling() {
        return Thread.holdsLock(this);
    }
}
