package io.vaultmesh.remembrancer.timestamp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server on the loopback address that answers each request in the way it is told to. */
final class AwkwardServer implements AutoCloseable {

    /** Answers one request. */
    interface Answer {
        void to(HttpExchange exchange, byte[] request) throws IOException;
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Answer answer;

    AwkwardServer(Answer answer) {
        this.answer = answer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] request = exchange.getRequestBody().readAllBytes();
                requests.add(request);
                this.answer.to(exchange, request);
            }
        });
        server.setExecutor(threads);
        server.start();
    }

    void answer(Answer other) {
        answer = other;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    List<byte[]> requests() {
        return requests;
    }

    static Answer body(int status, String type, byte[] body) {
        return (exchange, request) -> {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        };
    }

    static Answer retryAfter(int status, String value) {
        return (exchange, request) -> {
            exchange.getResponseHeaders().set("Retry-After", value);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** A length of 0 is none: the body then has no end. */
    static Answer endless(int status, long length) {
        return (exchange, request) -> {
            exchange.sendResponseHeaders(status, length);
            byte[] bytes = new byte[8192];
            while (true) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    /** Sends some of the answer and then nothing, until the test ends. */
    Answer stallAfter(int bytes) {
        return (exchange, request) -> {
            if (bytes > 0) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(new byte[bytes]);
                exchange.getResponseBody().flush();
            }
            try {
                closing.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
