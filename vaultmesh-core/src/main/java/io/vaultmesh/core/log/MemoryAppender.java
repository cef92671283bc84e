package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Appends to a log that is gone with the process: at once, under one lock. */
final class MemoryAppender implements Appender {

    private final Tail tail;
    private final Publisher publisher;
    private final BiConsumer<String, byte[]> filled;

    MemoryAppender(Tail tail, MemoryStore store, Publisher publisher) {
        this.tail = tail;
        this.publisher = publisher;
        this.filled = store::keep;
    }

    @Override
    public Appended append(byte[] entry) {
        return tail.append(entry, 0, entry.length, filled);
    }

    @Override
    public List<Appended> appendAll(List<byte[]> entries) {
        List<Appended> appended = new ArrayList<>(entries.size());
        synchronized (tail) {
            entries.forEach(entry -> appended.add(append(entry)));
        }
        return appended;
    }

    @Override
    public void publish() {
        publisher.publish();
    }

    @Override
    public List<Check> check() {
        return List.of();
    }

    @Override
    public void close() {
        // what is in memory needs nothing
    }
}
