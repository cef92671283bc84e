package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.log.Appended;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A number of the {@link Sequencer}, given to one thread. */
final class Turn {

    private enum State {
        /** Its entry is being made, or waits to be logged. */
        WAITING,
        /** Its thread is to log what is ready. */
        LEADING,
        LOGGED,
        FAILED,
        /** A lower number came to nothing, so this one isn't logged. */
        VOID
    }

    private final Thread thread = Thread.currentThread();
    private final long number;
    private final Instant at;
    private byte @Nullable [] entry; // guarded by the sequencer
    private @Nullable Appended appended;
    private @Nullable RuntimeException failure;
    private volatile State state = State.WAITING; // publishes appended and failure

    Turn(long number, Instant at) {
        this.number = number;
        this.at = at;
    }

    long number() {
        return number;
    }

    /** When the number was given. */
    Instant at() {
        return at;
    }

    void ready(byte[] bytes) {
        entry = bytes;
    }

    /** What its thread made, if it has. */
    byte @Nullable [] entry() {
        return entry;
    }

    void lead() {
        become(State.LEADING);
    }

    void makeVoid() {
        become(State.VOID);
    }

    void logged(Appended where) {
        appended = where;
        become(State.LOGGED);
    }

    void failed(RuntimeException why) {
        failure = why;
        become(State.FAILED);
    }

    private void become(State next) {
        state = next;
        if (thread != Thread.currentThread()) {
            LockSupport.unpark(thread);
        }
    }

    /** Waits until something is decided. An interrupt is kept for later. */
    void await() {
        boolean interrupted = false;
        while (state == State.WAITING) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            thread.interrupt();
        }
    }

    boolean leads() {
        return state == State.LEADING;
    }

    boolean isVoid() {
        return state == State.VOID;
    }

    /** Where its entry was logged. */
    Appended appended() {
        if (failure != null) {
            throw failure;
        }
        return requireNonNull(appended, "appended");
    }
}
