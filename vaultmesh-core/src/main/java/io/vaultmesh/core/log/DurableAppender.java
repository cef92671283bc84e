package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Appends to a log on disk. Threads that append at the same time share one force of the disk: one of them leads, takes
 * what the others have by then, and makes it durable as one group; the next one leads when it has.
 *
 * <p>Full files wait for the store in memory up to a bound; beyond that, appends wait for the publisher.
 */
final class DurableAppender implements Appender {

    private static final int MOST_BYTES_OF_GROUP = 4 << 20;
    private static final int IDLE_REQUESTS = 64;

    private final String origin;
    private final Tail tail;
    private final Journal journal;
    private final Publisher publisher;
    private final @Nullable LeafIndexing indexing;
    private final PublishingThread publishing;
    private final BiConsumer<String, byte[]> filled;
    private final BlockingQueue<AppendRequest> idle = new ArrayBlockingQueue<>(IDLE_REQUESTS);
    private final Deque<AppendRequest> queue = new ArrayDeque<>(); // guarded by itself
    private boolean led; // guarded by queue
    private final ReentrantLock committing = new ReentrantLock();
    private volatile @Nullable Throwable failed;
    private volatile boolean closed;

    DurableAppender(
            String origin,
            Tail tail,
            Journal journal,
            Publisher publisher,
            @Nullable LeafIndexing indexing,
            Duration publishEvery) {
        this.origin = origin;
        this.tail = tail;
        this.journal = journal;
        this.publisher = publisher;
        this.indexing = indexing;
        this.filled = publisher::take;
        this.publishing = new PublishingThread(origin, publishEvery, this::publishInBackground, journal);
    }

    @Override
    public Appended append(byte[] entry) {
        AppendRequest request = request(2 + entry.length);
        try {
            request.add(entry);
            commit(request);
            return request.onlyAppended();
        } finally {
            keep(request);
        }
    }

    @Override
    public List<Appended> appendAll(List<byte[]> entries) {
        int length = entries.stream().mapToInt(entry -> 2 + entry.length).reduce(0, Math::addExact);
        AppendRequest request = request(length);
        try {
            entries.forEach(request::add);
            commit(request);
            return request.appended();
        } finally {
            keep(request);
        }
    }

    private AppendRequest request(int capacity) {
        AppendRequest request = idle.poll();
        if (request == null) {
            request = new AppendRequest();
        }
        request.clear(capacity);
        return request;
    }

    private void keep(AppendRequest request) {
        if (request.canBeKept()) {
            idle.offer(request);
        }
    }

    private void commit(AppendRequest request) {
        boolean follows;
        synchronized (queue) {
            queue.addLast(request);
            follows = led;
            led = true;
        }
        if (follows) {
            request.await();
        }
        if (!request.isDone()) {
            lead();
        }
        RuntimeException failure = request.failure();
        if (failure != null) {
            throw failure;
        }
    }

    /** Commits one group, with the request of this thread at its head, and leaves the next one to whoever waits first. */
    private void lead() {
        List<AppendRequest> group = takeGroup();
        try {
            commit(group);
        } catch (RuntimeException | Error e) {
            group.forEach(request -> request.failed(forItsThread(e)));
            throw e;
        } finally {
            synchronized (queue) {
                AppendRequest next = queue.peekFirst();
                if (next == null) {
                    led = false;
                } else {
                    next.lead();
                }
            }
            group.forEach(AppendRequest::done);
        }
    }

    private List<AppendRequest> takeGroup() {
        List<AppendRequest> group = new ArrayList<>();
        synchronized (queue) {
            long bytes = 0;
            for (AppendRequest next = queue.peekFirst();
                    next != null && (group.isEmpty() || bytes + next.length() <= MOST_BYTES_OF_GROUP);
                    next = queue.peekFirst()) {
                bytes += next.length();
                group.add(queue.removeFirst());
            }
        }
        return group;
    }

    /** An exception for each thread, whose stack it shows; the cause shows that of the thread that led. */
    private static RuntimeException forItsThread(Throwable e) {
        String message = String.valueOf(e.getMessage());
        return e instanceof UncheckedIOException io
                ? new UncheckedIOException(message, new IOException(io.getCause()))
                : new IllegalStateException(message, e);
    }

    private void commit(List<AppendRequest> group) {
        committing.lock();
        try {
            requireOpen();
            publishing.awaitRoom(publisher);
            long first = tail.size();
            if (indexing != null) {
                indexing.prepare(group, first);
            }
            if (hasEntries(group)) {
                makeDurable(first, group);
            }
            integrate(first, group);
        } finally {
            committing.unlock();
        }
        publishing.appended();
    }

    private static boolean hasEntries(List<AppendRequest> group) {
        for (AppendRequest request : group) {
            if (request.count() > 0) {
                return true;
            }
        }
        return false;
    }

    private void integrate(long first, List<AppendRequest> group) {
        long index = first;
        synchronized (tail) {
            try {
                for (AppendRequest request : group) {
                    request.committed(index);
                    index += request.count();
                    append(request);
                }
            } catch (RuntimeException | Error e) { // no memory, say: the journal has what the tail has in part
                failed = e;
                throw e;
            }
        }
    }

    private void makeDurable(long first, List<AppendRequest> group) {
        try {
            journal.append(first, tail.root(), group);
        } catch (UncheckedIOException e) {
            failed = journal.isUnknown() ? e : null;
            throw e;
        }
    }

    private void append(AppendRequest request) {
        int at = 0;
        for (int i = 0; i < request.count(); i++) {
            int length = EntryBundle.length(request.array(), at);
            if (indexing != null) {
                indexing.index().add(tail.size(), request.leafHash(i));
            }
            tail.append(request.array(), at + 2, length, request.leafHash(i), filled);
            at += 2 + length;
        }
    }

    private void publishInBackground() {
        try {
            journal.release(publisher.publish());
            if (indexing != null) {
                indexing.index().maintain();
            }
        } catch (LogDamagedException changedFromOutside) {
            failed = changedFromOutside; // what was appended is durable, but nothing more may be
            throw changedFromOutside;
        }
    }

    @Override
    public void publish() {
        requireOpen();
        publishInBackground();
    }

    /** Whether the journal can be read as it was written. */
    @Override
    public List<Check> check() {
        committing.lock();
        try {
            return List.of(journal.check(tail));
        } finally {
            committing.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the log " + origin + " is closed");
        }
        Throwable cause = failed;
        if (cause != null) {
            throw new IllegalStateException("the log " + origin + " failed before and must be reopened", cause);
        }
    }

    @Override
    public void close() {
        committing.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
        } finally {
            committing.unlock();
        }
        publishing.close();
        try (journal) {
            if (failed == null) {
                publishLast();
            }
        }
    }

    private void publishLast() {
        try {
            publisher.publish();
        } catch (UncheckedIOException e) {
            markClosed(e);
            throw e;
        }
        journal.clear();
    }

    private void markClosed(UncheckedIOException failure) {
        try {
            journal.markClosed(tail.size(), tail.root());
        } catch (UncheckedIOException alsoRefused) {
            failure.addSuppressed(alsoRefused);
        }
    }
}
