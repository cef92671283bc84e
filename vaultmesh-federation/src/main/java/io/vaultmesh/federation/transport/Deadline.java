package io.vaultmesh.federation.transport;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes whichever socket is being used when the time is over, from which whoever reads or writes it is thrown out.
 * Thread-safe.
 */
final class Deadline implements AutoCloseable {

    private final Duration time;
    private final long end; // by the clock of System.nanoTime
    private final Future<?> alarm;
    private @Nullable Socket watched; // guarded by this
    private boolean over; // guarded by this
    private boolean ended; // guarded by this

    Deadline(Duration time, ScheduledExecutorService clock) {
        this.time = time;
        this.end = System.nanoTime() + time.toNanos();
        this.alarm = clock.schedule(this::strike, time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** From now on it is this socket, one that a close doesn't wait for: not one of TLS, which has a last word to say. */
    synchronized void watch(Socket socket) throws IOException {
        if (over) {
            throw explained(new IOException("the time is over"));
        }
        watched = socket;
    }

    private synchronized void strike() {
        if (!ended) {
            over = true;
            if (watched != null) {
                HttpConnection.closeQuietly(watched);
            }
        }
    }

    /** How many milliseconds are left; 0 if the time is over. */
    int millisLeft() {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(0, (end - System.nanoTime()) / 1_000_000));
    }

    /** Says that the time was over, if that is why something failed. */
    synchronized IOException explained(IOException failure) {
        return over ? new IOException("no whole answer within " + time.toMillis() + " ms", failure) : failure;
    }

    /** From now on nothing is closed; whether nothing was. */
    synchronized boolean end() {
        ended = true;
        alarm.cancel(false);
        return !over;
    }

    @Override
    public void close() {
        boolean unused = end();
    }
}
