package io.vaultmesh.core.log;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A log that a web server shows. The server is trusted with nothing: not with an end, and not with an answer. */
final class HttpSource implements LogSource {

    static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** What is read of a page that says why there is no file, so that its connection can be used again. */
    private static final int ERROR_PAGE = 64 * 1024;

    private final URI base;
    private final Duration deadline;
    private final HttpClient client;

    HttpSource(URI base, Duration deadline) {
        this.base = requireBase(base);
        this.deadline = deadline;
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline is " + deadline + ", expected more than nothing");
        }
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(deadline.compareTo(CONNECT) < 0 ? deadline : CONNECT)
                .build();
    }

    private static URI requireBase(URI base) {
        String scheme = base.getScheme();
        if (base.getRawAuthority() != null && base.getRawAuthority().contains("@")) { // never repeat a password
            throw new IllegalArgumentException("a log's URI has user info, expected none");
        }
        boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
        if (!http || base.getHost() == null) {
            throw new IllegalArgumentException("a log's URI is " + base + ", expected http or https, and a host");
        }
        if (base.getRawQuery() != null || base.getRawFragment() != null) {
            throw new IllegalArgumentException("a log's URI is " + base + ", expected no query and no fragment");
        }
        return base.toString().endsWith("/") ? base : URI.create(base + "/");
    }

    @Override
    public Optional<byte[]> read(String path) {
        int most = FileSize.most(path);
        URI uri = URI.create(base + path);
        HttpResponse<byte[]> answer =
                await(client.sendAsync(HttpRequest.newBuilder(uri).build(), info -> bodyOf(info, most)), uri);
        if (answer.statusCode() == NOT_FOUND) {
            return Optional.empty();
        }
        if (answer.statusCode() != OK) {
            throw failed(uri, new IOException("status " + answer.statusCode() + ", expected 200 or 404"));
        }
        encoding(answer.headers()).ifPresent(encoding -> {
            throw failed(uri, new IOException("status 200, but the body is encoded as " + encoding));
        });
        return Optional.of(answer.body());
    }

    private static BoundedBody bodyOf(ResponseInfo info, int most) {
        boolean file = info.statusCode() == OK && encoding(info.headers()).isEmpty();
        return new BoundedBody(info.statusCode(), file ? most : ERROR_PAGE, file);
    }

    private static Optional<String> encoding(HttpHeaders headers) {
        return headers.firstValue("Content-Encoding").filter(encoding -> !encoding.equalsIgnoreCase("identity"));
    }

    /** The request's own timeout ends with the headers, so the wait for the whole is bounded here. */
    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> answer, URI uri) {
        try {
            return answer.get(TimeUnit.NANOSECONDS.convert(deadline), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw failed(uri, new IOException("no whole answer within " + deadline.toMillis() + " ms", e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted");
            interrupted.initCause(e);
            throw failed(uri, interrupted);
        } catch (ExecutionException e) {
            throw failed(uri, e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause()));
        }
    }

    private static UncheckedIOException failed(URI uri, IOException why) {
        String reason = why.getMessage() == null ? why.toString() : why.getMessage();
        return new UncheckedIOException("can't read " + uri + ": " + reason, why);
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
