package io.vaultmesh.scheduler.ops;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says over HTTP how a scheduler is. It answers GET and HEAD:
 *
 * <ul>
 *   <li>{@code /livez}: 200 if it is {@linkplain Health live}, else 503
 *   <li>{@code /readyz}: 200 if it is ready, else 503
 *   <li>{@code /health}: the reasons as JSON, with 503 if it is unhealthy, and 200 if it is healthy or degraded
 *   <li>{@code /metrics}: the page that was given; 404 if none was
 * </ul>
 *
 * <p>Guaranteed: another path is answered 404, another method 405; an answer holds no text of an exception, and no path of the
 * machine; four requests are worked on at a time, and none for longer than ten seconds. Not guaranteed: any secrecy. Whoever
 * reaches the address reads the names of namespaces and targets, so that it is the loopback one unless another is set.
 *
 * <p>Thread-safe.
 */
public final class OpsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OpsServer.class);

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int FAILED = 500;
    private static final int UNAVAILABLE = 503;
    private static final int THREADS = 4;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String JSON = "application/json";
    private static final String EXPOSITION = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<SchedulerSnapshot> scheduler;
    private final HealthRules rules;
    private final Optional<Supplier<String>> metrics;
    private final HttpServer server;
    private final BoundedThreads threads;

    OpsServer(
            Supplier<SchedulerSnapshot> scheduler,
            HealthRules rules,
            Optional<Supplier<String>> metrics,
            InetSocketAddress listen,
            Duration longest) {
        this.scheduler = scheduler;
        this.rules = rules;
        this.metrics = metrics;
        try {
            server = HttpServer.create(listen, 0);
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen at " + listen + ": " + e, e);
        }
        threads = new BoundedThreads(THREADS, longest);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    /** The same with the usual bound of a request. */
    OpsServer(
            Supplier<SchedulerSnapshot> scheduler,
            HealthRules rules,
            Optional<Supplier<String>> metrics,
            InetSocketAddress listen) {
        this(scheduler, rules, metrics, listen, LONGEST);
    }

    /**
     * A server of a scheduler: {@code OpsServer.of(scheduler::snapshot)}.
     *
     * @param scheduler gives how the scheduler is, from any thread, without waiting
     * @return a builder
     */
    public static OpsServerBuilder of(Supplier<SchedulerSnapshot> scheduler) {
        return new OpsServerBuilder(scheduler);
    }

    /**
     * Where it listens.
     *
     * @return the address, with the port that was free if none was set
     */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private record Answer(int status, String type, String body) {

        static Answer text(int status, String text) {
            return new Answer(status, TEXT, text + "\n");
        }
    }

    private void receive(HttpExchange http) throws IOException {
        try (http) {
            Answer answer;
            try {
                answer = answer(http);
            } catch (RuntimeException e) {
                LOG.warn("{} couldn't be answered", http.getRequestURI().getRawPath(), e);
                answer = Answer.text(FAILED, "this can't be said now; the log says why");
            }
            send(http, answer);
        }
    }

    private Answer answer(HttpExchange http) {
        String path = Optional.ofNullable(http.getRequestURI().getRawPath()).orElse("");
        boolean known = path.equals("/livez")
                || path.equals("/readyz")
                || path.equals("/health")
                || (path.equals("/metrics") && metrics.isPresent());
        if (!known) {
            return Answer.text(NOT_FOUND, "not found");
        }
        String method = http.getRequestMethod();
        if (!method.equals("GET") && !method.equals("HEAD")) {
            http.getResponseHeaders().set("Allow", "GET, HEAD");
            return Answer.text(NOT_ALLOWED, "only GET and HEAD are answered");
        }
        if (path.equals("/metrics")) {
            return new Answer(OK, EXPOSITION, metrics.orElseThrow().get());
        }
        SchedulerSnapshot snapshot = scheduler.get();
        Health health = Health.of(snapshot, rules);
        return switch (path) {
            case "/livez" -> probe(health.live(), "live");
            case "/readyz" -> probe(health.ready(), "ready");
            default ->
                new Answer(
                        health.status() == Health.Status.UNHEALTHY ? UNAVAILABLE : OK,
                        JSON,
                        HealthPage.json(snapshot, health, rules));
        };
    }

    private static Answer probe(boolean is, String what) {
        return is ? Answer.text(OK, what) : Answer.text(UNAVAILABLE, "not " + what);
    }

    private static void send(HttpExchange http, Answer answer) throws IOException {
        byte[] body = answer.body().getBytes(UTF_8);
        Headers headers = http.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        if (http.getRequestMethod().equals("HEAD")) {
            headers.set("Content-Length", Integer.toString(body.length));
            http.sendResponseHeaders(answer.status(), -1);
        } else {
            http.sendResponseHeaders(answer.status(), body.length);
            http.getResponseBody().write(body);
            http.getResponseBody().flush(); // JDK 25 reads the rest of a request before it sends what it holds back
        }
    }

    /** Stops listening, and returns when its threads have ended. The scheduler stays open. Closing it twice does nothing. */
    @Override
    public void close() {
        threads.stop(); // first, or the server waits for whoever is being written to
        server.stop(0);
        threads.close();
    }
}
