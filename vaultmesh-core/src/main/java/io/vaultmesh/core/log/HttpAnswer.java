package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a server answers to one request: the file, that there is none, or an error. */
final class HttpAnswer implements BodyHandler<byte[]> {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** What is read of a page that says why there is no file, so that its connection can be used again. */
    private static final int ERROR_PAGE = 64 * 1024;

    private final URI uri;
    private final int most;
    private volatile int status;

    /**
     * @param uri what is asked for
     * @param most how long the file can be
     */
    HttpAnswer(URI uri, int most) {
        this.uri = uri;
        this.most = most;
    }

    /** The request's own timeout ends with the headers, so the wait for the whole is bounded here. */
    Optional<byte[]> await(HttpClient client, HttpRequest request, Duration deadline) {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, this);
        try {
            return file(answer.get(TimeUnit.NANOSECONDS.convert(deadline), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw brokenOff(new IOException("no whole answer within " + deadline.toMillis() + " ms", e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw interrupted(e);
        } catch (ExecutionException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw interrupted(e); // it closes the channel that the client is about to connect
            }
            throw brokenOff(e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause()));
        }
    }

    private UncheckedIOException interrupted(Exception cause) {
        InterruptedIOException interrupted = new InterruptedIOException("interrupted");
        interrupted.initCause(cause);
        return brokenOff(interrupted);
    }

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo info) {
        status = info.statusCode();
        boolean file = status == OK && encoding(info.headers()).isEmpty();
        return new BoundedBody(file ? most : ERROR_PAGE, file);
    }

    private Optional<byte[]> file(HttpResponse<byte[]> answer) {
        if (status == NOT_FOUND) {
            return Optional.empty();
        }
        if (status != OK) {
            throw failed("status " + status + ", expected 200 or 404");
        }
        encoding(answer.headers()).ifPresent(encoding -> {
            throw failed("status 200, but the body is encoded as " + encoding);
        });
        return Optional.of(answer.body());
    }

    private static Optional<String> encoding(HttpHeaders headers) {
        return headers.firstValue("Content-Encoding").filter(encoding -> !encoding.equalsIgnoreCase("identity"));
    }

    /** With the status, if it had come: what failed then is the body. */
    private UncheckedIOException brokenOff(IOException why) {
        String reason = why.getMessage() == null ? why.toString() : why.getMessage();
        return failed(status == 0 ? reason : "status " + status + ", but " + reason, why);
    }

    private UncheckedIOException failed(String reason) {
        return failed(reason, new IOException(reason));
    }

    private UncheckedIOException failed(String reason, IOException why) {
        return new UncheckedIOException("can't read " + uri + ": " + reason, why);
    }
}
