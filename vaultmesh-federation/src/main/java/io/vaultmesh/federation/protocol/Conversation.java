package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.federation.reconcile.NegentropyException;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.federation.wire.WireException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Questions to one peer, one after the other: each answer is dealt with before the next question, and may lead to more.
 * What deals with it may throw: then the conversation is over, and what was asked for by then stays asked for. Not
 * thread-safe.
 */
final class Conversation {

    private record Step(Request request, Consumer<Response> then) {}

    private final Deque<Step> steps = new ArrayDeque<>();
    private final Deque<Runnable> later = new ArrayDeque<>();
    private @Nullable Step asked;
    private boolean misbehaved;
    private String failure = "";
    private int requests;
    private long bytes;

    /** Will ask, after all that is to be asked already. */
    void ask(Request request, Consumer<Response> then) {
        steps.addLast(new Step(request, then));
    }

    /** Will do something once nothing is left to be asked; what is to be done later comes first. */
    void finallyDo(Runnable step) {
        later.addFirst(step);
    }

    /** The next question; empty if there is none any more. The one before was answered. */
    Optional<Request> next() {
        while (failure.isEmpty() && steps.isEmpty() && !later.isEmpty()) {
            guarded(later.removeFirst());
        }
        Step step = failure.isEmpty() ? steps.pollFirst() : null;
        asked = step;
        if (step == null) {
            return Optional.empty();
        }
        requests++;
        bytes += step.request().length();
        return Optional.of(step.request());
    }

    void answered(Response response) {
        Step step = asked;
        if (step != null) {
            asked = null;
            bytes += response.length();
            guarded(() -> step.then().accept(response));
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (WireException | NegentropyException | RefutedException e) {
            misbehaved = true;
            failure = String.valueOf(e.getMessage());
        } catch (RefusedException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    void fail(String reason) {
        failure = reason;
    }

    /** The content of an answer, which is neither refused nor too long. */
    static byte[] contentOf(Response response, int most) {
        if (response.status() != Response.OK) {
            throw new RefusedException("the peer answered " + response.status() + ": " + response.text());
        }
        if (response.length() > most) {
            throw new WireException("an answer has " + response.length() + " bytes, expected at most " + most);
        }
        return response.body();
    }

    /** The peer doesn't want to answer, as it may. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        RefusedException(String message) {
            super(message);
        }
    }

    /** Whether the peer did what none should. */
    boolean misbehaved() {
        return misbehaved;
    }

    /** Why it ended early; empty if it didn't. */
    String failure() {
        return failure;
    }

    int requests() {
        return requests;
    }

    long bytes() {
        return bytes;
    }
}
