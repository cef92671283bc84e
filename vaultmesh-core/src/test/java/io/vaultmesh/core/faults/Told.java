package io.vaultmesh.core.faults;

import io.vaultmesh.core.log.TrustedCheckpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** All that one child told before it ended, and what it may have done without having told. Not thread-safe. */
final class Told {

    private final int threads;
    private final BiFunction<Integer, Integer, Call> calls;
    private final Map<Call, Long> appended = new LinkedHashMap<>();
    private final List<TrustedCheckpoint> checkpoints = new ArrayList<>();
    private final List<Call> unknown = new ArrayList<>();
    private final int[] next;
    private Fact.Kind stage = Fact.Kind.CLOSED;
    private boolean ended;

    /** What a child with so many threads tells, if its calls are these, by thread and number. */
    Told(int threads, BiFunction<Integer, Integer, Call> calls) {
        this.threads = threads;
        this.calls = calls;
        this.next = new int[threads];
    }

    void add(Fact fact) {
        switch (fact.kind()) {
            case OPENING, OPENED, CLOSING, CLOSED -> stage = fact.kind();
            case CHECKPOINT -> checkpoints.add(fact.checkpoint(Keys.LOG.verifier()));
            case APPENDED -> appended.put(call(fact), fact.value());
            case UNKNOWN -> unknown.add(call(fact));
            case ENDED -> ended = true;
            case BROKEN -> throw new AssertionError("the child says: " + fact.text());
            case DONE, REFUSED, FAILED -> {} // nothing to remember of the log
        }
        if (fact.kind().endsACall() && fact.number() >= 0) {
            next[fact.thread()] = fact.number() + 1;
        }
    }

    private Call call(Fact fact) {
        return calls.apply(fact.thread(), fact.number());
    }

    /** The appends that were acknowledged, with the index of the first entry of each. */
    Map<Call, Long> appended() {
        return appended;
    }

    List<TrustedCheckpoint> checkpoints() {
        return checkpoints;
    }

    /** The calls of which nobody knows whether they were carried out. */
    List<Call> possible() {
        List<Call> possible = new ArrayList<>(unknown);
        if (!ended) {
            for (int thread = 0; thread < threads; thread++) {
                possible.add(calls.apply(thread, next[thread]));
            }
        }
        return possible;
    }

    /** What the log last did: it is opening, open, closing or closed. */
    Fact.Kind stage() {
        return stage;
    }
}
