package io.vaultmesh.federation.transport;

import static java.util.Objects.requireNonNull;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * How a node listens and asks over HTTP. Immutable and thread-safe; each method that sets something gives other settings.
 *
 * @param listen where it listens; port 0 for any that is free
 * @param names under which authorities, as {@code host} or {@code host:port}, it is reached beside where it listens: those of
 *     a proxy before it. A request for another authority is refused
 * @param tls with what it shows who it is, and whom it trusts, by certificates; empty for plain HTTP
 * @param clientCertificates whether who asks must have a certificate too
 * @param timeout how long a request may take as a whole, from its first byte to the answer's last
 * @param threads how many requests are received at once
 */
public record HttpSettings(
        InetSocketAddress listen,
        Set<String> names,
        Optional<SSLContext> tls,
        boolean clientCertificates,
        Duration timeout,
        int threads) {

    private static final int THREADS = 32;

    /**
     * Creates settings; the methods of this class read better.
     *
     * @param listen where it listens; port 0 for any that is free
     * @param names under which authorities, as {@code host} or {@code host:port}, it is reached beside where it listens: those of
     *     a proxy before it. A request for another authority is refused
     * @param tls with what it shows who it is, and whom it trusts, by certificates; empty for plain HTTP
     * @param clientCertificates whether who asks must have a certificate too
     * @param timeout how long a request may take as a whole, from its first byte to the answer's last
     * @param threads how many requests are received at once
     * @throws IllegalArgumentException if client certificates are wanted without TLS, or the time or the number of threads
     *     isn't positive
     */
    public HttpSettings {
        requireNonNull(listen, "listen");
        names = Set.copyOf(names);
        if (clientCertificates && tls.isEmpty()) {
            throw new IllegalArgumentException("clientCertificates is set without tls, expected both");
        }
        if (timeout.isNegative() || timeout.isZero() || threads < 1) {
            throw new IllegalArgumentException(
                    "timeout is " + timeout + ", threads " + threads + ", expected positive ones");
        }
    }

    /**
     * Plain HTTP, 20 seconds for a request, 32 threads.
     *
     * @param host the host or address to listen at
     * @param port the port; 0 for any that is free
     * @return the settings
     */
    public static HttpSettings listen(String host, int port) {
        return new HttpSettings(
                new InetSocketAddress(host, port), Set.of(), Optional.empty(), false, Duration.ofSeconds(20), THREADS);
    }

    /**
     * Says how peers call this node.
     *
     * @param authorities as {@code host} or {@code host:port}
     * @return the settings with them
     */
    public HttpSettings names(Set<String> authorities) {
        return new HttpSettings(listen, authorities, tls, clientCertificates, timeout, threads);
    }

    /**
     * Listens by TLS only, and trusts peers at {@code https} addresses by the context's trust manager.
     *
     * @param context with the certificate and its key
     * @return the settings with it
     */
    public HttpSettings tls(SSLContext context) {
        return new HttpSettings(listen, names, Optional.of(context), clientCertificates, timeout, threads);
    }

    /**
     * Wants a certificate of who asks, too.
     *
     * @return the settings with that
     * @throws IllegalArgumentException if there is no context yet
     */
    public HttpSettings mutualTls() {
        return new HttpSettings(listen, names, tls, true, timeout, threads);
    }

    /**
     * Bounds a request.
     *
     * @param time how long it may take
     * @return the settings with that
     */
    public HttpSettings timeout(Duration time) {
        return new HttpSettings(listen, names, tls, clientCertificates, time, threads);
    }
}
