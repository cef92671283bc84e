package io.vaultmesh.federation.transport;

import com.sun.net.httpserver.HttpExchange;
import io.vaultmesh.federation.guard.Entry;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.signature.SignatureRefused;
import io.vaultmesh.federation.signature.VerifiedRequest;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.federation.wire.WireException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What is asked of a request whose sender is known: whether that may be asked, how much, and how often. Thread-safe. */
final class Desk {

    /** No message between peers is longer. */
    static final int MOST_BYTES = EntryList.MOST_BYTES;

    private final Guard guard;
    private final Receiver receiver;
    private final Duration patience;

    Desk(Guard guard, Receiver receiver, Duration timeout) {
        this.guard = guard;
        this.receiver = receiver;
        this.patience = timeout.multipliedBy(3).dividedBy(4); // or there would be no time to say so
    }

    /** What is answered, and of which type it is if it is what was asked for. */
    record Reply(Response response, String type) {}

    /**
     * Answers a request; its body is read only if it may be asked, and used only if it may be asked now.
     *
     * @throws SignatureRefused if the body is not the one that was signed
     * @throws IOException if it doesn't arrive
     */
    Reply answer(HttpExchange http, VerifiedRequest sender) throws IOException {
        Request asked;
        try {
            asked = Request.parse(http.getRequestMethod(), target(http), new byte[0]);
        } catch (WireException e) {
            return refusal(sender, "FORM", Response.refused(Response.BAD_REQUEST, String.valueOf(e.getMessage())));
        }
        boolean allowed = receiver.peer(sender.from())
                .filter(peer -> peer.may(asked.operation().role(), asked.namespace()))
                .isPresent();
        if (!allowed) {
            return refusal(sender, "ROLE", Response.denied(asked));
        }
        Optional<Response> wrongLength = wrongLength(http, asked);
        if (wrongLength.isPresent()) {
            return refusal(sender, "LENGTH", wrongLength.get());
        }
        Entry entry = guard.enter(sender.from(), asked.namespace(), Math.max(0, length(http)));
        if (entry instanceof Entry.Refused refused) {
            // a body that isn't read resets the connection, perhaps before the peer has read when it may come again
            http.getRequestBody().transferTo(OutputStream.nullOutputStream());
            boolean full = refused.reason() == io.vaultmesh.federation.guard.Refusal.BUSY;
            Response response = Response.refused(
                    full ? Response.UNAVAILABLE : Response.TOO_MANY, full ? "busy" : "too much; ask again later");
            return refusal(sender, refused.reason().name(), response.retryAfter(refused.retryAfter()));
        }
        try (Entry.Admitted admitted = (Entry.Admitted) entry) {
            byte[] body = http.getRequestBody().readNBytes(MOST_BYTES + 1);
            sender.requireBody(body);
            Request whole = asked.operation().isGet() ? asked : Request.parse(asked.method(), asked.path(), body);
            Response response = received(sender, whole);
            admitted.charge(response.length());
            return new Reply(response, asked.operation().answerType());
        }
    }

    /** The request's target as it came, whatever it has beside a path and a query: that is what was signed, or it wasn't. */
    static String target(HttpExchange http) {
        return http.getRequestURI().toString();
    }

    /** The length that the body says it has; -1 if it says none, or not in digits alone. */
    private static long length(HttpExchange http) {
        String length = http.getRequestHeaders().getFirst("Content-Length");
        return length == null || !length.matches("[0-9]{1,18}") ? -1 : Long.parseLong(length);
    }

    private static Optional<Response> wrongLength(HttpExchange http, Request asked) {
        long length = length(http);
        if (asked.operation().isGet()) {
            boolean none = !http.getRequestHeaders().containsKey("Content-Length")
                    && !http.getRequestHeaders().containsKey("Transfer-Encoding");
            return none || length == 0
                    ? Optional.empty()
                    : Optional.of(Response.refused(Response.BAD_REQUEST, "a body was sent, expected none"));
        }
        if (length < 0) {
            return Optional.of(Response.refused(Response.LENGTH_REQUIRED, "expected a body with Content-Length"));
        }
        return length > MOST_BYTES
                ? Optional.of(Response.refused(
                        Response.TOO_LARGE, "the body has " + length + " bytes, expected at most " + MOST_BYTES))
                : Optional.empty();
    }

    private Response received(VerifiedRequest sender, Request request) throws IOException {
        try {
            return receiver.receive(sender.from(), request).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | RuntimeException e) {
            receiver.refused(new Receiver.Refused(Optional.of(sender.from()), "UNANSWERED", request + ": " + e));
            return Response.refused(Response.UNAVAILABLE, "not now");
        } catch (InterruptedException e) {
            throw new IOException("the request took too long, or the node is closed", e);
        }
    }

    private Reply refusal(VerifiedRequest sender, String reason, Response response) {
        receiver.refused(new Receiver.Refused(Optional.of(sender.from()), reason, response.text()));
        return new Reply(response, "");
    }
}
