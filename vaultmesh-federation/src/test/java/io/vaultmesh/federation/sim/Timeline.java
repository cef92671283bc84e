package io.vaultmesh.federation.sim;

import java.util.PriorityQueue;

/** Virtual time: what is planned happens in the order of its time, and of its planning where that is the same. */
final class Timeline {

    private record Planned(long at, long order, Runnable what) implements Comparable<Planned> {
        @Override
        public int compareTo(Planned other) {
            return at == other.at ? Long.compare(order, other.order) : Long.compare(at, other.at);
        }
    }

    private final PriorityQueue<Planned> planned = new PriorityQueue<>();
    private long now;
    private long order;

    /** Milliseconds since the beginning. */
    long now() {
        return now;
    }

    void at(long time, Runnable what) {
        planned.add(new Planned(Math.max(now, time), order++, what));
    }

    void runUntil(long end) {
        for (Planned next = planned.peek(); next != null && next.at() <= end; next = planned.peek()) {
            planned.remove();
            now = next.at();
            next.what().run();
        }
        now = Math.max(now, end);
    }
}
