package io.vaultmesh.core.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Shows a directory over real HTTP on the loopback address, and lies where it is told to. */
final class LogServer implements AutoCloseable {

    /** Answers one request in another way than with the file. */
    interface Lie {
        void answer(HttpExchange exchange) throws IOException;
    }

    static {
        // else the second packet of an answer waits up to 40 ms for the acknowledgement of the first
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Lie> lies = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Path directory;

    LogServer(Path directory) {
        this.directory = directory;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/log/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/log");
    }

    /** From now on it shows another directory. */
    void show(Path other) {
        directory = other;
    }

    void lieAbout(String path, Lie lie) {
        lies.put(path, lie);
    }

    void lieNoMore() {
        lies.clear();
    }

    /** The paths that were asked for, in order. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring("/log/".length());
            requests.add(path);
            Lie lie = lies.get(path);
            if (lie != null) {
                lie.answer(exchange);
            } else {
                file(directory.resolve(path)).answer(exchange);
            }
        }
    }

    private static Lie file(Path file) throws IOException {
        try {
            return body(200, Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            return status(404);
        }
    }

    static Lie status(int status) {
        return exchange -> exchange.sendResponseHeaders(status, -1);
    }

    static Lie body(int status, byte[] bytes) {
        return exchange -> {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        };
    }

    /** A body that doesn't end until the reader goes away. */
    static Lie endless(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, 0);
            OutputStream out = exchange.getResponseBody();
            byte[] bytes = new byte[8192];
            while (true) {
                out.write(bytes);
            }
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
