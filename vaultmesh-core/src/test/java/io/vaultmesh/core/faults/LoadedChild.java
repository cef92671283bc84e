package io.vaultmesh.core.faults;

import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that appends to a log from several threads, as fast as it can, until it is killed. The first thread closes the
 * log now and then while the others are appending, and opens it again.
 */
final class LoadedChild {

    private final Path directory;
    private final long seed;
    private final int threads;
    private final Voice voice = new Voice();
    private final LogReader reader;
    private MerkleLog log;
    private boolean closing;

    private LoadedChild(Path directory, long seed, int threads) {
        this.directory = directory;
        this.seed = seed;
        this.threads = threads;
        this.reader = MerkleLog.read(directory, Keys.LOG.verifier());
    }

    /** Takes the log's directory, the seed of the calls, and how many threads there are. */
    public static void main(String[] args) {
        new LoadedChild(Path.of(args[0]), Long.parseLong(args[1]), Integer.parseInt(args[2])).run();
    }

    private void run() {
        voice.endWithTheParent();
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            voice.say(Fact.broken(failure.toString()));
            Runtime.getRuntime().halt(1);
        });
        log = open();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            int thread = i;
            running.add(new Thread(() -> callForEver(thread), "load-" + thread));
        }
        running.forEach(Thread::start);
    }

    private MerkleLog open() {
        voice.say(Fact.of(Fact.Kind.OPENING, 0));
        MerkleLog opened = Keys.open(directory);
        voice.say(Fact.of(Fact.Kind.OPENED, opened.size()));
        return opened;
    }

    private void callForEver(int thread) {
        for (int number = 0; ; number++) {
            make(Call.random(seed, thread, number));
        }
    }

    private void make(Call call) {
        MerkleLog used = log();
        try {
            switch (call.kind()) {
                case APPEND -> {
                    byte[] entry = call.entries().get(0);
                    tell(call, List.of(used.append(entry)));
                }
                case APPEND_ALL -> tell(call, used.appendAll(call.entries()));
                case CHECKPOINT -> voice.say(Fact.checkpoint(call.thread(), call.number(), used.checkpoint()));
                case PUBLISH -> {
                    used.publish();
                    voice.say(Fact.checkpoint(call.thread(), call.number(), reader.refresh()));
                }
                case READ -> {
                    read(call, used);
                    voice.say(Fact.of(Fact.Kind.DONE, call, 0));
                }
                case REOPEN -> {
                    reopen();
                    voice.say(Fact.of(Fact.Kind.DONE, call, 0));
                }
            }
        } catch (IllegalStateException closed) {
            if (!waitForAnotherThan(used)) {
                throw closed;
            }
            voice.say(Fact.of(Fact.Kind.REFUSED, call, closed));
        }
    }

    private void tell(Call call, List<Appended> appended) {
        voice.say(Answers.of(call, appended));
    }

    /** Any entry that is there has a proof that leads to the log's checkpoint. */
    private static void read(Call call, MerkleLog log) {
        long size = log.size();
        if (size > 0) {
            Answers.requireProof(log, Long.remainderUnsigned(call.seed(), size));
        }
    }

    private synchronized MerkleLog log() {
        return log;
    }

    private void reopen() {
        synchronized (this) {
            closing = true;
        }
        voice.say(Fact.of(Fact.Kind.CLOSING, 0));
        log().close();
        voice.say(Fact.of(Fact.Kind.CLOSED, 0));
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
            while (log == used) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return true;
    }
}
