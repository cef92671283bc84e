package io.vaultmesh.core.faults;

import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Several threads that append to a log as fast as they can. The first one closes it now and then while the others are
 * appending, and opens it again. Each answer of the log is told.
 */
final class Load {

    private final Place place;
    private final long seed;
    private final int threads;
    private final int calls;
    private final Consumer<Fact> voice;
    private final BooleanSupplier ended;
    private final LogReader reader;
    private MerkleLog log; // guarded by this
    private boolean closing; // guarded by this
    private boolean dead; // guarded by this

    /**
     * Nothing is done yet.
     *
     * @param calls how many calls each thread makes
     * @param voice is told what was done
     * @param ended whether the process has ended: whatever happens then, happens to a ghost
     */
    Load(Place place, long seed, int threads, int calls, Consumer<Fact> voice, BooleanSupplier ended) {
        this.place = place;
        this.seed = seed;
        this.threads = threads;
        this.calls = calls;
        this.voice = voice;
        this.ended = ended;
        this.reader = place.reader();
    }

    /** Makes the calls, and closes the log. */
    void run() {
        try {
            MerkleLog opened = open();
            synchronized (this) {
                log = opened;
            }
            List<Thread> others = new ArrayList<>();
            for (int i = 1; i < threads; i++) {
                int thread = i;
                others.add(new Thread(() -> make(thread), "load-" + thread));
            }
            others.forEach(Thread::start);
            make(0);
            for (Thread other : others) {
                other.join();
            }
            if (!isDead()) {
                close();
                voice.accept(Fact.of(Fact.Kind.ENDED, 0));
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        } catch (RuntimeException | Error e) {
            fail(e);
        } finally {
            bury();
        }
    }

    /** Ends the threads of a log whose process has ended; a real one would have taken them with it. */
    private void bury() {
        MerkleLog left = log();
        if (left != null && ended.getAsBoolean()) {
            try {
                left.close();
            } catch (RuntimeException | Error expected) {
                return; // of a ghost nothing is asked
            }
        }
    }

    private void make(int thread) {
        try {
            for (int number = 0; number < calls && !isDead(); number++) {
                make(Call.random(seed, thread, number));
            }
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void fail(Throwable failure) {
        synchronized (this) {
            dead = true;
            notifyAll();
        }
        if (!ended.getAsBoolean()) {
            failure.printStackTrace();
            voice.accept(Fact.broken(failure.toString()));
        }
    }

    private void make(Call call) {
        MerkleLog used = log();
        try {
            switch (call.kind()) {
                case APPEND -> {
                    byte[] entry = call.entries().get(0);
                    voice.accept(Answers.of(call, List.of(used.append(entry))));
                }
                case APPEND_ALL -> voice.accept(Answers.of(call, used.appendAll(call.entries())));
                case CHECKPOINT -> voice.accept(Fact.checkpoint(call, used.checkpoint()));
                case PUBLISH -> {
                    used.publish();
                    voice.accept(Fact.checkpoint(call, reader.refresh()));
                }
                case READ -> {
                    long size = used.size();
                    if (size > 0) {
                        Answers.requireProof(used, Long.remainderUnsigned(call.seed(), size));
                    }
                    voice.accept(Fact.of(Fact.Kind.DONE, call, 0));
                }
                case REOPEN -> {
                    reopen();
                    voice.accept(Fact.of(Fact.Kind.DONE, call, 0));
                }
            }
        } catch (IllegalStateException closed) {
            // what a process was told at its end says nothing of the disk
            if (ended.getAsBoolean() || !waitForAnotherThan(used)) {
                throw closed;
            }
            voice.accept(Fact.of(Fact.Kind.REFUSED, call, closed));
        }
    }

    private MerkleLog open() {
        voice.accept(Fact.of(Fact.Kind.OPENING, 0));
        MerkleLog opened = place.open();
        voice.accept(Fact.of(Fact.Kind.OPENED, opened.size()));
        return opened;
    }

    private void close() {
        voice.accept(Fact.of(Fact.Kind.CLOSING, 0));
        log().close();
        voice.accept(Fact.of(Fact.Kind.CLOSED, 0));
    }

    private synchronized MerkleLog log() {
        return log;
    }

    private synchronized boolean isDead() {
        return dead;
    }

    private void reopen() {
        synchronized (this) {
            closing = true;
        }
        close();
        MerkleLog opened = open();
        synchronized (this) {
            log = opened;
            closing = false;
            notifyAll();
        }
    }

    /** Waits for the log to be open again; {@code false} if nobody closed it. */
    private synchronized boolean waitForAnotherThan(MerkleLog used) {
        if (log == used && !closing) {
            return false;
        }
        try {
            while (log == used && !dead) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return true;
    }
}
