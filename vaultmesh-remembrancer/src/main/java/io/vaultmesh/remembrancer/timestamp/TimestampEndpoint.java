package io.vaultmesh.remembrancer.timestamp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A development authority that answers over HTTP (RFC 3161 §3.4), on a free port of the loopback address, until it is
 * closed. For development: it knows no TLS and keeps nobody from asking. Thread-safe.
 */
public final class TimestampEndpoint implements AutoCloseable {

    private static final String QUERY = "application/timestamp-query";
    private static final int MAX_REQUEST = 64 * 1024;
    private static final int THREADS = 4;

    private final TimestampAuthority authority;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, TimestampEndpoint::thread);

    TimestampEndpoint(TimestampAuthority authority) {
        this.authority = authority;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            threads.shutdown();
            throw new UncheckedIOException("can't listen on the loopback address: " + e.getMessage(), e);
        }
        var unused = server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "timestamp authority");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Where it answers.
     *
     * @return an http URI
     */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("GET")) {
                byte[] root = authority.anchor().toPem().getBytes(StandardCharsets.US_ASCII);
                exchange.getResponseHeaders().set("Content-Type", "application/x-pem-file");
                exchange.sendResponseHeaders(200, root.length);
                exchange.getResponseBody().write(root);
                return;
            }
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "GET, POST");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            if (!QUERY.equals(exchange.getRequestHeaders().getFirst("Content-Type"))) {
                exchange.sendResponseHeaders(415, -1);
                return;
            }
            byte[] request = exchange.getRequestBody().readNBytes(MAX_REQUEST + 1);
            if (request.length > MAX_REQUEST) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            byte[] response = authority.respond(request);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, response.length);
            exchange.getResponseBody().write(response);
        }
    }

    /** Stops answering; requests that are being answered are broken off. */
    @Override
    public void close() {
        server.stop(0);
        var unused = threads.shutdownNow();
    }
}
