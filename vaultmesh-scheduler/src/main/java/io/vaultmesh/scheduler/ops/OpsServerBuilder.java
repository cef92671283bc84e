package io.vaultmesh.scheduler.ops;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds an {@link OpsServer}. Got from {@link OpsServer#of}. Not thread-safe. */
public final class OpsServerBuilder {

    private final Supplier<SchedulerSnapshot> scheduler;
    private @Nullable InetSocketAddress listen;
    private @Nullable HealthRules rules;
    private @Nullable Supplier<String> metrics;

    OpsServerBuilder(Supplier<SchedulerSnapshot> scheduler) {
        this.scheduler = requireNonNull(scheduler, "scheduler");
    }

    /**
     * Sets where it listens. Default: any port that is free, of the loopback address.
     *
     * @param address where; port 0 for any that is free
     * @return this builder
     * @throws IllegalArgumentException if the name of the address couldn't be looked up
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public OpsServerBuilder listen(InetSocketAddress address) {
        if (listen != null) {
            throw new IllegalStateException("listen is already set to " + listen);
        }
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("listen is " + address + ", expected an address that is known");
        }
        listen = address;
        return this;
    }

    /**
     * Sets a port of the loopback address.
     *
     * @param port the port; 0 for any that is free
     * @return this builder
     * @throws IllegalArgumentException if it isn't 0 to 65535
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public OpsServerBuilder port(int port) {
        return listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /**
     * Sets what counts against the scheduler's health. Default: {@link HealthRules#DEFAULT}.
     *
     * @param what the rules
     * @return this builder
     * @throws IllegalStateException if they were set before
     */
    @CanIgnoreReturnValue
    public OpsServerBuilder rules(HealthRules what) {
        if (rules != null) {
            throw new IllegalStateException("rules are already set to " + rules);
        }
        rules = requireNonNull(what, "what");
        return this;
    }

    /**
     * Sets what {@code /metrics} gives. Default: there is no such page.
     *
     * @param page gives a page in Prometheus' text format, version 0.0.4, from any thread: {@code
     *     prometheusMeterRegistry::scrape}
     * @return this builder
     * @throws IllegalStateException if it was set before
     */
    @CanIgnoreReturnValue
    public OpsServerBuilder metrics(Supplier<String> page) {
        if (metrics != null) {
            throw new IllegalStateException("metrics are already set to " + metrics);
        }
        metrics = requireNonNull(page, "page");
        return this;
    }

    /**
     * Begins to listen.
     *
     * @return the server, to be closed
     * @throws UncheckedIOException if it can't listen there
     */
    public OpsServer open() {
        return new OpsServer(
                scheduler,
                rules == null ? HealthRules.DEFAULT : rules,
                Optional.ofNullable(metrics),
                listen == null ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0) : listen);
    }
}
