package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests by HTTP/1.1, over sockets. The JDK's client looks names up by itself, and again for each connection, so that
 * an address that was checked needn't be the one that it connects to; nor can its own authority be sent to an address. What
 * peers need of a client is little: no redirects, no cookies, no proxies, one answer of bounded length within a time.
 * Thread-safe.
 */
final class HttpCaller implements AutoCloseable {

    private static final int IDLE_SECONDS = 10; // less than servers keep a connection that nothing comes over
    private static final int MOST_IDLE = 2; // for each peer

    private final SSLSocketFactory tls;
    private final Addresses.Resolver resolver;
    private final Duration timeout;
    private final ScheduledExecutorService clock;
    private final Map<URI, Deque<HttpConnection>> idle = new HashMap<>(); // guarded by this
    private final Set<Socket> open = new HashSet<>(); // guarded by this
    private boolean closed; // guarded by this

    HttpCaller(SSLSocketFactory tls, Addresses.Resolver resolver, Duration timeout, ScheduledExecutorService clock) {
        this.tls = tls;
        this.resolver = resolver;
        this.timeout = timeout;
        this.clock = clock;
    }

    /** What a server answered. */
    static final class Answer {

        private final HttpHead head;
        private final byte[] body;

        Answer(HttpHead head, byte[] body) {
            this.head = head;
            this.body = body;
        }

        HttpHead head() {
            return head;
        }

        /** The body itself, not a copy. */
        byte[] body() {
            return body;
        }
    }

    /** A connection that was kept open was closed by the server meanwhile; the request may be sent again. */
    static final class StaleConnection extends IOException {

        private static final long serialVersionUID = 1;

        StaleConnection(IOException cause) {
            super("the connection was closed meanwhile", cause);
        }
    }

    /**
     * Asks, and waits for the answer.
     *
     * @param address {@code http(s)://host:port}
     * @param request the request's line and fields, as they are sent but for the blank line
     * @param body the body
     * @param most how many bytes the answer may have
     */
    Answer call(URI address, String request, byte[] body, int most) throws IOException {
        try (Deadline deadline = new Deadline(timeout, clock)) {
            HttpConnection kept = take(address);
            HttpConnection connection = kept == null ? connect(address, deadline) : kept;
            return call(address, connection, deadline, request, body, most);
        }
    }

    private Answer call(
            URI address, HttpConnection connection, Deadline deadline, String request, byte[] body, int most)
            throws IOException {
        boolean keep = false;
        try {
            deadline.watch(connection.socket());
            HttpHead head = connection.send((request + "\r\n").getBytes(ISO_8859_1), body);
            Answer answer = new Answer(head, head.body(connection.in(), most));
            keep = head.keepsOpen();
            return answer;
        } catch (IOException e) {
            throw deadline.explained(e);
        } finally {
            if (!(keep && deadline.end() && give(address, connection))) {
                close(connection.socket());
            }
        }
    }

    /** Connects to one of the addresses, each of which gets its share of the time. */
    private HttpConnection connect(URI address, Deadline deadline) throws IOException {
        boolean secure = "https".equals(address.getScheme());
        int port = address.getPort() >= 0 ? address.getPort() : secure ? 443 : 80;
        IOException failure = null;
        List<InetAddress> all = Addresses.of(address.getHost(), resolver);
        for (int i = 0; i < all.size(); i++) {
            Socket socket = register(new Socket());
            try {
                deadline.watch(socket);
                socket.setTcpNoDelay(true);
                socket.connect(
                        new InetSocketAddress(all.get(i), port), Math.max(1, deadline.millisLeft() / (all.size() - i)));
                return new HttpConnection(socket, secure ? secured(socket, address.getHost(), port) : socket);
            } catch (IOException e) {
                close(socket);
                failure = failure == null ? e : failure;
            }
        }
        throw deadline.explained(new IOException("can't connect to " + address + ": " + failure, failure));
    }

    /** Speaks TLS with who has a certificate of that name. */
    private Socket secured(Socket plain, String host, int port) throws IOException {
        SSLSocket socket = (SSLSocket) tls.createSocket(plain, host, port, true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private synchronized Socket register(Socket socket) throws IOException {
        open.add(socket);
        if (closed) {
            close(socket);
            throw new IOException("the transport is closed");
        }
        return socket;
    }

    private synchronized @Nullable HttpConnection take(URI address) throws IOException {
        Deque<HttpConnection> kept = idle.getOrDefault(address, new ArrayDeque<>());
        HttpConnection connection = kept.pollLast();
        if (connection == null
                || (connection.isYoungerThan(Duration.ofSeconds(IDLE_SECONDS)) && connection.isQuiet())) {
            return connection;
        }
        close(connection.socket());
        kept.forEach(older -> close(older.socket()));
        kept.clear();
        return null;
    }

    private synchronized boolean give(URI address, HttpConnection connection) {
        Deque<HttpConnection> kept = idle.computeIfAbsent(address, key -> new ArrayDeque<>());
        return !closed && kept.size() < MOST_IDLE && kept.add(connection.usedNow());
    }

    /** Closing can only fail if it has failed already. */
    private synchronized void close(Socket socket) {
        open.remove(socket);
        HttpConnection.closeQuietly(socket);
    }

    @Override
    public synchronized void close() {
        closed = true;
        List.copyOf(open).forEach(this::close);
        idle.clear();
    }
}
