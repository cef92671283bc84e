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
    private String broken = "";

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
            case BROKEN -> broken = fact.text();
            case DONE, REFUSED, FAILED -> {} // nothing to remember of the log
        }
        if (fact.kind().endsACall()) {
            next[fact.thread()] = fact.number() + 1;
        }
    }

    private Call call(Fact fact) {
        return calls.apply(fact.thread(), fact.number());
    }

    /** Fails if the log did to the child what it must not do. */
    void requireSound() {
        if (!broken.isEmpty()) {
            throw new AssertionError("the child says: " + broken);
        }
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

    /** When the child ended. */
    String moment() {
        return switch (stage) {
            case OPENING -> "while opening";
            case OPENED -> "under load";
            case CLOSING -> "while closing";
            case CLOSED -> "while closed";
            default -> throw new IllegalStateException(stage.toString());
        };
    }
}
