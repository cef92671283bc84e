package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.remembrancer.receipt.Receipt;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is told of new records. Thread-safe. */
final class Listeners {

    private static final Logger LOG = LoggerFactory.getLogger(Remembrancer.class);

    private final List<Consumer<Receipt>> listeners = new CopyOnWriteArrayList<>();

    void add(Consumer<Receipt> listener) {
        listeners.add(requireNonNull(listener, "listener"));
    }

    /** Tells everybody. The record is durable, so a listener that fails must not look like a record that did. */
    void tell(Receipt receipt) {
        for (Consumer<Receipt> listener : listeners) {
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
