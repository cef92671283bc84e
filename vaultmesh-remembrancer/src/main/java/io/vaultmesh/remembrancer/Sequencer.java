package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.log.Appended;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Numbers the entries that many threads make, and logs them in the order of their numbers, without a gap. Each thread
 * makes its own entry, since a signature takes long; one of them logs all that is ready by then, with one force of the
 * disk. A number whose entry came to nothing is given again, and so are those that were given after it.
 *
 * <p>Thread-safe.
 */
final class Sequencer {

    private static final int MOST_AT_ONCE = 1024;
    private static final int MOST_BYTES_AT_ONCE = 4 << 20;

    private final InstantSource clock;
    private final Function<List<byte[]>, List<Appended>> log;
    private final TreeMap<Long, Turn> turns = new TreeMap<>(); // given, and neither logged nor void
    private long next;
    private long least; // numbers below it are in the log
    private boolean led;

    /**
     * Creates a sequencer.
     *
     * @param first the first number to be given
     * @param clock says when a number is given
     * @param log logs entries, all or none, and says where
     */
    Sequencer(long first, InstantSource clock, Function<List<byte[]>, List<Appended>> log) {
        this.next = first;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Logs an entry.
     *
     * @param entryOf makes the entry that has a number; called in this thread, and again if its number came to nothing
     * @return where it is logged
     */
    @CanIgnoreReturnValue
    Appended append(Function<Turn, byte[]> entryOf) {
        Turn turn;
        do {
            turn = give();
            submit(turn, make(turn, entryOf));
            turn.await();
            if (turn.leads()) {
                lead();
            }
        } while (turn.isVoid());
        return turn.appended();
    }

    /**
     * Leaves out all numbers up to one that was found to be used: the author's own record came back from elsewhere, where
     * it outlived an older copy of this log.
     *
     * @param used the number
     */
    synchronized void skip(long used) {
        least = Math.max(least, used + 1);
        next = Math.max(next, least);
    }

    private synchronized Turn give() {
        Turn turn = new Turn(next, clock.instant());
        turns.put(next, turn);
        next++;
        return turn;
    }

    private byte[] make(Turn turn, Function<Turn, byte[]> entryOf) {
        try {
            return entryOf.apply(turn);
        } catch (RuntimeException | Error e) {
            giveUp(turn);
            throw e;
        }
    }

    private synchronized void giveUp(Turn turn) {
        if (!turn.isVoid()) {
            takeBackFrom(turn.number());
        }
    }

    private void takeBackFrom(long number) {
        Map<Long, Turn> from = turns.tailMap(number, true);
        from.values().forEach(Turn::makeVoid);
        from.clear();
        next = Math.max(number, least);
    }

    private synchronized void submit(Turn turn, byte[] entry) {
        if (!turn.isVoid()) {
            turn.ready(entry);
            leadNext();
        }
    }

    /** Leaves it to the thread whose turn it is, if it is ready. */
    private void leadNext() {
        Map.Entry<Long, Turn> first = turns.firstEntry();
        if (!led && first != null && first.getValue().entry() != null) {
            led = true;
            first.getValue().lead();
        }
    }

    private void lead() {
        List<Turn> run = new ArrayList<>();
        List<byte[]> entries = new ArrayList<>();
        takeReady(run, entries);
        try {
            finish(run, log.apply(entries));
        } catch (RuntimeException | Error e) {
            fail(run, e);
            throw e;
        }
    }

    private synchronized void takeReady(List<Turn> run, List<byte[]> entries) {
        long bytes = 0;
        for (Turn turn : turns.values()) {
            byte[] entry = turn.entry();
            if (entry == null || run.size() == MOST_AT_ONCE || bytes > MOST_BYTES_AT_ONCE) {
                return;
            }
            bytes += entry.length;
            run.add(turn);
            entries.add(entry);
        }
    }

    private void finish(List<Turn> run, List<Appended> logged) {
        synchronized (this) {
            turns.headMap(run.get(run.size() - 1).number(), true).clear();
            led = false;
            leadNext();
        }
        for (int i = 0; i < run.size(); i++) {
            run.get(i).logged(logged.get(i));
        }
    }

    private synchronized void fail(List<Turn> run, Throwable e) {
        for (Turn turn : run) {
            turns.remove(turn.number());
            turn.failed(forItsThread(e));
        }
        takeBackFrom(run.get(0).number());
        led = false;
    }

    /** An exception for each thread, whose stack it shows; the cause shows that of the thread that led. */
    private static RuntimeException forItsThread(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof UncheckedIOException io
                ? new UncheckedIOException(message, new IOException(io.getCause()))
                : new IllegalStateException(message, e);
    }
}
