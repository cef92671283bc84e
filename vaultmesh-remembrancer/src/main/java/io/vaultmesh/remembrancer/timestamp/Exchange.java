package io.vaultmesh.remembrancer.timestamp;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One question and its answer over HTTP/1.1. The server is trusted with nothing: not with an end, and not in time. */
final class Exchange {

    private static final int OK = 200;

    private final Duration deadline;
    private final HttpClient client;

    Exchange(Duration deadline) {
        this.deadline = deadline;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Asks, and waits for the whole answer; the body of one that isn't 200 is left out.
     *
     * @throws InterruptedIOException if the thread is interrupted, which stays set
     * @throws IOException if there is no whole answer within the deadline, or its body is too long
     */
    HttpResponse<byte[]> post(URI uri, byte[] query) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/timestamp-query")
                .header("Accept", "application/timestamp-reply")
                .POST(BodyPublishers.ofByteArray(query))
                .build();
        return send(request);
    }

    /** Fetches, as {@link #post} asks. */
    HttpResponse<byte[]> get(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri).GET().build());
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        // the request's own timeout ends with the headers, so the wait for the whole is bounded here
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, info -> info.statusCode() == OK ? new BoundedBody(Der.MAX_BYTES) : new IgnoredBody());
        try {
            return answer.get(TimeUnit.NANOSECONDS.convert(deadline), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new IOException("no whole answer within " + deadline.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e); // it closes the channel that the client is about to connect
            }
            String reason = e.getCause() == null ? null : e.getCause().getMessage();
            throw new IOException(reason == null ? "no connection: " + e.getCause() : reason, e);
        }
    }

    private static InterruptedIOException interrupted(Exception cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        interrupted.initCause(cause);
        return interrupted;
    }
}
