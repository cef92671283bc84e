package io.vaultmesh.scheduler.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A timestamp authority that OpenSSL runs, behind a server on the loopback address that can be told to be faulty. */
public final class OpenSslTsa implements AutoCloseable {

    /** What it does. */
    public enum Mode {
        /** It answers. */
        HONEST,
        /** It begins an answer, and never goes on. */
        SLOW,
        /** It breaks off in the middle of a token. */
        TRUNCATED,
        /** It answers that it gives no token. */
        REFUSING,
        /** It has had enough for now: 429, for two minutes. */
        TOO_MANY,
        /** It wants to know who asks. */
        UNAUTHORIZED,
        /** It is broken: 500. */
        BROKEN,
        /** It answers another request for the same hash. */
        WRONG_NONCE,
        /** Something else answers, with a page and status 200. */
        HTML,
        /** It closes the connection. */
        CLOSED
    }

    private final OutsideProgram openssl = OutsideProgram.require("openssl");
    private final Path directory;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<byte[]> requests = new CopyOnWriteArrayList<>();
    private volatile Mode mode = Mode.HONEST;

    public OpenSslTsa(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        Files.writeString(directory.resolve("leaf.ext"), """
                basicConstraints=critical,CA:FALSE
                keyUsage=critical,digitalSignature
                extendedKeyUsage=critical,timeStamping
                """);
        Files.writeString(directory.resolve("serial"), "01\n");
        Files.writeString(directory.resolve("tsa.cnf"), """
                [tsa]
                default_tsa=one
                [one]
                serial=serial
                crypto_device=builtin
                signer_cert=leaf.pem
                certs=root.pem
                signer_key=leaf.key
                signer_digest=sha256
                default_policy=1.3.6.1.4.1.99999.1.1
                digests=sha256
                ess_cert_id_alg=sha256
                """);
        run("req -x509 -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout root.key -out root.pem -days 30"
                + " -subj /CN=Root -addext keyUsage=critical,keyCertSign");
        run("req -nodes -newkey ec -pkeyopt ec_paramgen_curve:P-256 -keyout leaf.key -out leaf.csr -subj /CN=TSA");
        run(
                "x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 20 -extfile leaf.ext -out leaf.pem");
        Files.write(directory.resolve("sha1.data"), new byte[] {1});
        run("ts -query -data sha1.data -sha1 -cert -out sha1.tsq");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void run(String arguments) {
        String unused = openssl.run(directory, arguments.split(" ")).orFail();
    }

    /** The root of its certificates. */
    public TimestampAnchor pin() throws IOException {
        return TimestampAnchor.of(Files.readAllBytes(root()));
    }

    /** The root of its certificates, in PEM. */
    public Path root() {
        return directory.resolve("root.pem");
    }

    /** Where it answers. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    /** Has it do something else from now on. */
    public void mode(Mode next) {
        mode = next;
    }

    /** What it was asked. */
    public List<byte[]> requests() {
        return requests;
    }

    /** Asks OpenSSL whether a response is over a hash. */
    public String verify(byte[] response, Hash imprint) throws IOException {
        Path file = Files.write(directory.resolve("verify.tsr"), response);
        return openssl.run(
                        directory,
                        "ts",
                        "-verify",
                        "-digest",
                        imprint.toString(),
                        "-in",
                        file.getFileName().toString(),
                        "-CAfile",
                        "root.pem")
                .orFail()
                .strip();
    }

    private synchronized byte[] respond(byte[] request) throws IOException {
        Files.write(directory.resolve("request.tsq"), request);
        run("ts -reply -config tsa.cnf -queryfile request.tsq -out response.tsr");
        return Files.readAllBytes(directory.resolve("response.tsr"));
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            requests.add(request);
            switch (mode) {
                case HONEST -> send(exchange, respond(request));
                case SLOW -> stall(exchange);
                case TRUNCATED -> {
                    byte[] whole = respond(request);
                    exchange.sendResponseHeaders(200, whole.length);
                    exchange.getResponseBody().write(whole, 0, whole.length / 2);
                    exchange.getResponseBody().flush();
                }
                case REFUSING -> send(exchange, respond(Files.readAllBytes(directory.resolve("sha1.tsq"))));
                case TOO_MANY -> {
                    exchange.getResponseHeaders().set("Retry-After", "120");
                    exchange.sendResponseHeaders(429, -1);
                }
                case UNAUTHORIZED -> exchange.sendResponseHeaders(401, -1);
                case BROKEN -> exchange.sendResponseHeaders(500, -1);
                case WRONG_NONCE -> {
                    TimestampRequest asked = TimestampRequest.parse(request);
                    send(
                            exchange,
                            respond(TimestampRequest.of(asked.imprint(), new Random(1))
                                    .toBytes()));
                }
                case HTML -> {
                    byte[] page = "<html><body>Log in to use this network</body></html>".getBytes(UTF_8);
                    exchange.getResponseHeaders().set("Content-Type", "text/html");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                }
                case CLOSED -> exchange.close();
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] response) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
        exchange.sendResponseHeaders(200, response.length);
        exchange.getResponseBody().write(response);
    }

    private void stall(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().write(new byte[1]);
        exchange.getResponseBody().flush();
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was asked the same bytes each time. */
    public boolean wasAskedTheSame() {
        return requests.stream().allMatch(request -> Arrays.equals(request, requests.get(0)));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
