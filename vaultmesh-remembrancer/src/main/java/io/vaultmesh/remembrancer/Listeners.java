package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of new records. Thread-safe. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Remembrancer.class);

    private final AtomicLong next = new AtomicLong();
    private final SortedMap<Long, Consumer<Receipt>> listeners =
            new ConcurrentSkipListMap<>(); // in the order of adding

    Listening add(Consumer<Receipt> listener) {
        long number = next.getAndIncrement(); // tells a listener apart that is added twice
        listeners.put(number, requireNonNull(listener, "listener"));
        return () -> listeners.remove(number);
    }

    /** Tells everybody. The record is durable, so a listener that fails must not look like a record that did. */
    void tell(Receipt receipt) {
        for (Consumer<Receipt> listener : listeners.values()) {
            try {
                listener.accept(receipt);
            } catch (VirtualMachineError e) {
                throw e;
            } catch (RuntimeException | Error e) {
                LOG.warn("a listener failed on {}, which is recorded all the same", receipt, e);
            }
        }
    }
}
