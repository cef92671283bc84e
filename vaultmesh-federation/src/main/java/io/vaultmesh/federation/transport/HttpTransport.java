package io.vaultmesh.federation.transport;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.signature.MessageSigner;
import io.vaultmesh.federation.signature.ResponseVerifier;
import io.vaultmesh.federation.signature.SignatureRefused;
import io.vaultmesh.federation.signature.SignedFields;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Peers over HTTP/1.1, each message signed by its sender (RFC 9421).
 *
 * <p>Guaranteed: only peers in the allowlist are heard, each only in what its roles and namespaces allow and within its
 * quota, and no body of anybody else is read; an answer is used only if the peer that was asked signed it for this request.
 * It connects to the addresses of peers as they are configured and to no other, whatever an answer says; not to link-local
 * ones, nor to where clouds tell a machine its secrets, nor to this machine unless a peer is configured to be there. Bodies
 * and times are bounded, and whoever sends or reads slowly is cut off: a stranger after 5 seconds, or half a second if
 * others wait, and a peer after the time of the settings.
 *
 * <p>Not guaranteed: secrecy, without TLS. That nobody floods the port: requests are received by the JDK's server, which
 * bounds neither how many connections there are nor, for half a minute, how long one may stay that sends nothing; it drops
 * those that would wait behind 256 others; it answers what is no HTTP by itself, of which no event tells; and when it ends a
 * connection by TLS it waits for who takes nothing any more. Before a node on the open internet belongs something that
 * bounds the connections of strangers. That a peer doesn't take up places which others want: sixteen requests about a
 * namespace are in work at once, whosever they are. How long the system looks for a name's addresses.
 *
 * <p>Thread-safe.
 */
public final class HttpTransport implements Transport {

    private static final int MOST_ASKING = 64;
    private static final Duration MOST_WAIT = Duration.ofHours(1); // whatever a peer wishes

    private final HttpSettings settings;
    private final MessageSigner signer;
    private final InstantSource time;
    private final Guard guard;
    private final ScheduledExecutorService clock = NamedThreads.clock("vaultmesh-deadlines");
    private final ThreadPoolExecutor asking = new ThreadPoolExecutor(
            0,
            MOST_ASKING,
            10,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> NamedThreads.daemon(task, "vaultmesh-ask"));
    private final HttpCaller caller;
    private @Nullable HttpListener listener; // guarded by this
    private boolean closed; // guarded by this

    private HttpTransport(
            HttpSettings settings,
            Ed25519PrivateKey key,
            Guard guard,
            InstantSource time,
            Addresses.Resolver resolver) {
        this.settings = settings;
        this.signer = MessageSigner.of(key, time, new SecureRandom());
        this.guard = guard;
        this.time = time;
        SSLSocketFactory tls = settings.tls().map(SSLContext::getSocketFactory).orElseGet(() ->
                (SSLSocketFactory) SSLSocketFactory.getDefault());
        this.caller = new HttpCaller(tls, resolver, settings.timeout(), clock);
    }

    /**
     * Creates a transport; nothing is bound yet.
     *
     * @param settings where it listens, and what bounds it
     * @param key the node's transport key
     * @param guard what each peer may use up
     * @param time the time, for signatures
     * @return the transport
     */
    public static HttpTransport of(HttpSettings settings, Ed25519PrivateKey key, Guard guard, InstantSource time) {
        return of(settings, key, guard, time, InetAddress::getAllByName);
    }

    static HttpTransport of(
            HttpSettings settings,
            Ed25519PrivateKey key,
            Guard guard,
            InstantSource time,
            Addresses.Resolver resolver) {
        return new HttpTransport(
                requireNonNull(settings, "settings"),
                requireNonNull(key, "key"),
                requireNonNull(guard, "guard"),
                requireNonNull(time, "time"),
                resolver);
    }

    @Override
    public synchronized void start(Receiver receiver) {
        if (closed || listener != null) {
            throw new IllegalStateException("the transport is " + (closed ? "closed" : "started already"));
        }
        listener = new HttpListener(
                settings, signer, time, new Desk(guard, receiver, settings.timeout()), receiver, clock);
    }

    @Override
    public boolean reaches(Peer peer) {
        return peer.address().isPresent();
    }

    @Override
    public CompletableFuture<Response> ask(Peer peer, Request request) {
        if (peer.address().isEmpty()) {
            return CompletableFuture.failedFuture(new IOException(peer.id() + " has no address"));
        }
        CompletableFuture<Response> answer = new CompletableFuture<>();
        try {
            asking.execute(() -> {
                try {
                    answer.complete(askWhereItIs(peer, request));
                } catch (IOException | RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new IOException("too many peers are being asked, or the node is closed", e));
        }
        return answer;
    }

    private Response askWhereItIs(Peer peer, Request request) throws IOException {
        try {
            return exchange(peer, request);
        } catch (HttpCaller.StaleConnection e) {
            return exchange(peer, request); // signed anew: the first one may have arrived
        }
    }

    private Response exchange(Peer peer, Request request) throws IOException {
        URI address = peer.address().orElseThrow();
        byte[] body = request.body();
        String authority = address.getRawAuthority();
        SignedFields fields =
                signer.request(request.method(), authority, request.path(), "", "application/octet-stream", body);
        StringBuilder head = new StringBuilder()
                .append(request.method() + " " + request.path() + " HTTP/1.1\r\n")
                .append("Host: " + authority + "\r\n")
                .append("Content-Length: " + body.length + "\r\n");
        fields.byName().forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
        HttpCaller.Answer answer = caller.call(address, head.toString(), body, Desk.MOST_BYTES);
        int status = answer.head().status();
        try {
            ResponseVerifier.verify(peer.id(), status, answer.head()::values, answer.body(), fields.signature(), time);
        } catch (SignatureRefused e) {
            throw new IOException(notThePeer(peer, address, answer, e), e);
        }
        return Response.of(status, answer.body()).retryAfter(wait(answer.head().values("Retry-After")));
    }

    /** Who refuses a stranger doesn't sign that, so what isn't signed may well be the peer's: then its text is the reason. */
    private static String notThePeer(Peer peer, URI address, HttpCaller.Answer answer, SignatureRefused refused) {
        int status = answer.head().status();
        String said =
                status == Response.OK ? "" : Response.of(status, answer.body()).text();
        if (refused.reason() == SignatureRefused.Reason.UNSIGNED) {
            return "what answers at " + address + " doesn't show that it is " + peer.id() + ": its answer of status "
                    + status + " is not signed" + (said.isEmpty() ? "" : ", and says: " + said);
        }
        return "what answers at " + address + " is not " + peer.id() + ": " + refused.getMessage() + " (status "
                + status + (said.isEmpty() ? "" : ", " + said) + ")";
    }

    private static Duration wait(List<String> retryAfter) {
        return retryAfter.size() == 1 && retryAfter.get(0).matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Math.min(Long.parseLong(retryAfter.get(0)), MOST_WAIT.toSeconds()))
                : Duration.ZERO;
    }

    @Override
    public synchronized Optional<URI> address() {
        return Optional.ofNullable(listener)
                .map(each -> URI.create((settings.tls().isPresent() ? "https://" : "http://") + each.authority()));
    }

    @Override
    public void close() {
        HttpListener listening;
        synchronized (this) {
            closed = true;
            listening = listener;
            listener = null;
        }
        if (listening != null) {
            listening.close();
        }
        asking.shutdown();
        caller.close();
        NamedThreads.awaitEnd(asking);
        clock.shutdownNow();
        NamedThreads.awaitEnd(clock);
    }
}
