package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.vaultmesh.federation.signature.MessageSigner;
import io.vaultmesh.federation.signature.RequestVerifier;
import io.vaultmesh.federation.signature.SignatureRefused;
import io.vaultmesh.federation.signature.SignedFields;
import io.vaultmesh.federation.signature.VerifiedRequest;
import io.vaultmesh.federation.wire.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * Receives requests by the JDK's server: who sent it is known before its body is read, and an answer is signed. Thread-safe.
 */
final class HttpListener implements AutoCloseable {

    private static final Duration HEAD = Duration.ofSeconds(5); // to send a request's head
    private static final String TEXT = "text/plain; charset=utf-8";

    private final HttpServer server;
    private final DeadlineExecutor threads;
    private final HttpSettings settings;
    private final MessageSigner signer;
    private final RequestVerifier verifier;
    private final Receiver receiver;
    private final Desk desk;

    HttpListener(
            HttpSettings settings,
            MessageSigner signer,
            InstantSource time,
            Desk desk,
            Receiver receiver,
            ScheduledExecutorService clock) {
        this.settings = settings;
        this.signer = signer;
        this.receiver = receiver;
        this.desk = desk;
        requireNames(settings, time);
        this.server = bind(settings);
        Duration head = settings.timeout().compareTo(HEAD) < 0 ? settings.timeout() : HEAD;
        this.threads = new DeadlineExecutor("vaultmesh-receive", settings.threads(), head, clock);
        Set<String> names = new HashSet<>(settings.names());
        names.add(authority());
        names.add(
                authority(settings.listen().getHostString(), server.getAddress().getPort()));
        this.verifier = new RequestVerifier(id -> receiver.peer(id).isPresent(), names, time);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        awaitNextSecond(time);
        server.start();
    }

    /** What isn't started can't be stopped, so that nothing may be wrong with the names once the port is taken. */
    private static void requireNames(HttpSettings settings, InstantSource time) {
        Set<String> names = new HashSet<>(settings.names());
        names.add(authority(settings.listen().getHostString(), 1));
        var unused = new RequestVerifier(id -> false, names, time);
    }

    private static HttpServer bind(HttpSettings settings) {
        try {
            if (settings.tls().isEmpty()) {
                return HttpServer.create(settings.listen(), 0);
            }
            HttpsServer server = HttpsServer.create(settings.listen(), 0);
            server.setHttpsConfigurator(new Certified(settings.tls().get(), settings.clientCertificates()));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen at " + settings.listen() + ": " + e, e);
        }
    }

    private static final class Certified extends HttpsConfigurator {

        private final boolean clientCertificates;

        Certified(SSLContext context, boolean clientCertificates) {
            super(context);
            this.clientCertificates = clientCertificates;
        }

        @Override
        public void configure(HttpsParameters parameters) {
            SSLParameters defaults = getSSLContext().getDefaultSSLParameters();
            defaults.setNeedClientAuth(clientCertificates);
            parameters.setSSLParameters(defaults);
        }
    }

    /**
     * The verifier refuses what was created in its first second, since an earlier one may have taken it. Nothing is answered
     * before that second has ended, so that who asks later is not refused. What was signed within it is, though it waited.
     */
    private static void awaitNextSecond(InstantSource time) {
        try {
            TimeUnit.MILLISECONDS.sleep(1000 - Math.floorMod(time.millis(), 1000L));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Where it listens, as {@code host:port}. */
    String authority() {
        return authority(
                server.getAddress().getHostString(), server.getAddress().getPort());
    }

    private static String authority(String host, int port) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    private void receive(HttpExchange http) throws IOException {
        try (http) {
            try {
                VerifiedRequest request = verify(http);
                DeadlineExecutor.extend(settings.timeout()); // a stranger has no more than a head may take
                answerOrSayWhy(http, request);
            } catch (SignatureRefused e) {
                refuse(http, e);
            }
        }
    }

    private void answerOrSayWhy(HttpExchange http, VerifiedRequest request) throws IOException {
        try {
            answer(http, request);
        } catch (IOException e) {
            receiver.refused(new Receiver.Refused(
                    Optional.of(request.from()), "CUT", what(http) + " didn't come or go through in time: " + e));
            throw e;
        }
    }

    private static String what(HttpExchange http) {
        return http.getRequestMethod() + " " + Desk.target(http);
    }

    private VerifiedRequest verify(HttpExchange http) {
        Headers headers = http.getRequestHeaders();
        List<String> hosts = headers.getOrDefault("Host", List.of());
        String target = Desk.target(http);
        int query = target.indexOf('?');
        return verifier.verify(
                http.getRequestMethod(),
                hosts.size() == 1 ? hosts.get(0) : "",
                query < 0 ? target : target.substring(0, query),
                query < 0 ? "" : target.substring(query),
                name -> headers.getOrDefault(name, List.of()));
    }

    private void answer(HttpExchange http, VerifiedRequest request) throws IOException {
        Desk.Reply reply = desk.answer(http, request);
        Response response = reply.response();
        byte[] body = response.body();
        SignedFields fields = signer.response(
                response.status(), response.status() == Response.OK ? reply.type() : TEXT, body, request.signature());
        fields.byName().forEach(http.getResponseHeaders()::set);
        if (!response.retryAfter().isZero()) {
            http.getResponseHeaders()
                    .set("Retry-After", Long.toString(response.retryAfter().toSeconds() + 1));
        }
        send(http, response.status(), body);
    }

    /** What isn't sent by a peer is answered without a signature, since there is nobody to sign for. */
    private void refuse(HttpExchange http, SignatureRefused refused) throws IOException {
        receiver.refused(new Receiver.Refused(
                Optional.empty(),
                refused.reason().name(),
                http.getRemoteAddress().getAddress().getHostAddress() + ": " + refused.getMessage()));
        http.getResponseHeaders().set("Content-Type", TEXT);
        send(http, Response.UNAUTHORIZED, (refused.getMessage() + "\n").getBytes(UTF_8));
    }

    private static void send(HttpExchange http, int status, byte[] body) throws IOException {
        boolean empty = body.length == 0 || http.getRequestMethod().equals("HEAD");
        http.sendResponseHeaders(status, empty ? -1 : body.length);
        if (!empty) {
            http.getResponseBody().write(body);
            http.getResponseBody().flush(); // JDK 25 reads the rest of a request before it sends what it holds back
        }
    }

    @Override
    public void close() {
        threads.close(); // first, or the server waits for whoever is being written to
        server.stop(0);
        threads.awaitEnd();
    }
}
