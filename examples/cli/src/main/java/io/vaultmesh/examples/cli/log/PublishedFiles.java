package io.vaultmesh.examples.cli.log;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.vaultmesh.core.log.LogSource;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Shows a log's checkpoint and tiles over HTTP, and nothing else of its directory: not the journal, not the lock. */
final class PublishedFiles implements HttpHandler {

    private static final Pattern TILE =
            Pattern.compile("tile/(?:entries|[0-9]{1,2})/(?:x[0-9]{3}/){0,6}[0-9]{3}(?:\\.p/[0-9]{1,3})?");

    private final LogSource log;

    PublishedFiles(LogSource log) {
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            // as it was sent: an escape could only hide a path that isn't published
            String path = String.valueOf(exchange.getRequestURI().getRawPath()).replaceFirst("^/", "");
            boolean checkpoint = path.equals(LogSource.CHECKPOINT);
            Optional<byte[]> found = checkpoint || TILE.matcher(path).matches() ? log.read(path) : Optional.empty();
            if (found.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            exchange.getResponseHeaders()
                    .set("Content-Type", checkpoint ? "text/plain; charset=utf-8" : "application/octet-stream");
            exchange.getResponseHeaders()
                    .set("Cache-Control", checkpoint ? "no-cache" : "public, max-age=31536000, immutable");
            send(exchange, found.get(), method.equals("HEAD"));
        }
    }

    private static void send(HttpExchange exchange, byte[] bytes, boolean headersAlone) throws IOException {
        if (headersAlone) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
