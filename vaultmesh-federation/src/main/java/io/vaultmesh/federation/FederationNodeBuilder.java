package io.vaultmesh.federation;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.config.FederationConfig;
import io.vaultmesh.federation.config.PeersFile;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.protocol.BodyMode;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.Limits;
import io.vaultmesh.federation.protocol.Settings;
import io.vaultmesh.federation.transport.HttpSettings;
import io.vaultmesh.federation.transport.HttpTransport;
import io.vaultmesh.federation.transport.Transport;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Describes a {@link FederationNode}. A memory and a way to be reached are needed; what is set twice is refused, naming
 * what it was set to. Not thread-safe.
 */
public final class FederationNodeBuilder {

    private final Map<String, Object> set = new HashMap<>();
    private final Map<PeerId, Peer> peers = new LinkedHashMap<>();
    private final SortedSet<NamespaceName> namespaces = new TreeSet<>(Comparator.comparing(NamespaceName::value));
    private final Map<NamespaceName, AdmissionPolicy> policies = new HashMap<>();
    private final List<Consumer<FederationEvent>> listeners = new ArrayList<>();
    private @Nullable Remembrancer memory;
    private @Nullable HttpSettings http;
    private @Nullable Transport transport;
    private @Nullable Ed25519PrivateKey key;
    private Limits limits = Limits.DEFAULT;
    private BodyMode bodies = BodyMode.AT_ONCE;
    private Quota quota = Quota.DEFAULT;
    private InstantSource clock = InstantSource.system();
    private int concurrent = FederationConfig.CONCURRENT;
    private @Nullable Path state;
    private @Nullable PeersFile peersFile;

    FederationNodeBuilder() {}

    private <T> T once(String name, T value) {
        Object before = set.putIfAbsent(name, requireNonNull(value, name));
        if (before != null) {
            throw new IllegalStateException(name + " is already set to " + before);
        }
        return value;
    }

    /**
     * The memory whose namespaces are shared. It stays the caller's.
     *
     * @param shared the memory, open
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder memory(Remembrancer shared) {
        memory = once("memory", shared);
        return this;
    }

    /**
     * Listens for plain HTTP: for loopback, or behind something that speaks TLS.
     *
     * @param host the host or address to listen at
     * @param port the port; 0 for any that is free
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder listen(String host, int port) {
        return http(HttpSettings.listen(host, port));
    }

    /**
     * Reaches peers by HTTP.
     *
     * @param settings where the node listens, under which names, by which certificates
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder http(HttpSettings settings) {
        http = once("how peers are reached", settings);
        return this;
    }

    /**
     * Reaches peers in another way.
     *
     * @param way a transport; the node closes it
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder transport(Transport way) {
        transport = once("how peers are reached", way);
        return this;
    }

    /**
     * The key by which the node's messages are signed. Default: the transport key that the memory has.
     *
     * @param transportKey the key
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder key(Ed25519PrivateKey transportKey) {
        key = once("key", transportKey);
        return this;
    }

    /**
     * Adds a peer.
     *
     * @param peer the peer
     * @return this builder
     * @throws IllegalStateException if there is one of this identity
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder peer(Peer peer) {
        Peer before = peers.putIfAbsent(peer.id(), peer);
        if (before != null) {
            throw new IllegalStateException("peer is already set to " + before);
        }
        return this;
    }

    /**
     * Takes the peers that stand in a file, and keeps it: who joins or leaves the node later does so there too.
     *
     * @param file the file, {@code peers.yaml} (docs/FORMATS.md)
     * @return this builder
     * @throws io.vaultmesh.federation.config.ConfigException if it is not what it should be
     * @throws java.io.UncheckedIOException if it can't be read
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder peers(Path file) {
        peersFile = once("peers", PeersFile.at(file));
        peersFile.read().forEach(this::peer);
        return this;
    }

    /**
     * Takes what a file says: where the node listens, under which names and by which certificate, what it shares and what
     * bounds it. None of that may be set otherwise.
     *
     * @param file the file, {@code federation.yaml} (docs/FORMATS.md)
     * @return this builder
     * @throws io.vaultmesh.federation.config.ConfigException if it is not what it should be
     * @throws IllegalArgumentException if its keystore can't be used, or has no password file
     * @throws java.io.UncheckedIOException if a file can't be read
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder config(Path file) {
        FederationConfig config = FederationConfig.read(file);
        HttpSettings settings = HttpSettings.listen(
                        config.listen().host(), config.listen().port())
                .names(config.names())
                .timeout(config.settings().limits().timeout());
        http(config.tls().map(TlsContexts::of).map(settings::tls).orElse(settings));
        limits(config.settings().limits());
        bodies(config.settings().bodies());
        quota(config.quota());
        concurrent = config.concurrent();
        namespaces.addAll(config.namespaces());
        return this;
    }

    /**
     * Shares namespaces, also if no peer has them yet. Default: those of the peers.
     *
     * @param names their names
     * @return this builder
     * @throws IllegalArgumentException if one is no name of a namespace
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder namespaces(String... names) {
        for (String name : names) {
            namespaces.add(new NamespaceName(name));
        }
        return this;
    }

    /**
     * Sets what a namespace admits. Default: the newest policy that the memory's author recorded there when the node is
     * started, or else everything that is signed.
     *
     * @param namespace the namespace
     * @param policy the policy
     * @return this builder
     * @throws IllegalStateException if one was set
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder policy(String namespace, AdmissionPolicy policy) {
        NamespaceName name = new NamespaceName(namespace);
        policies.put(name, once("policy of " + name, policy));
        namespaces.add(name);
        return this;
    }

    /**
     * Bounds the exchanges, and sets how often there is one. Default: {@link Limits#DEFAULT}.
     *
     * @param most the limits
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder limits(Limits most) {
        limits = once("limits", most);
        return this;
    }

    /**
     * When bodies are fetched. Default: at once.
     *
     * @param when when
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder bodies(BodyMode when) {
        bodies = once("bodies", when);
        return this;
    }

    /**
     * How much each peer may ask. Default: {@link Quota#DEFAULT}.
     *
     * @param most the quota, for each peer in each namespace
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder quota(Quota most) {
        quota = once("quota", most);
        return this;
    }

    /**
     * The clock. Default: the system's.
     *
     * @param source the clock
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder clock(InstantSource source) {
        clock = once("clock", source);
        return this;
    }

    /**
     * Where the node keeps what it saw of its peers' logs. Default: {@code federation} in the memory's directory. Without
     * it a peer's log could be rewritten unseen.
     *
     * @param directory the directory; it is made if it is absent
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder state(Path directory) {
        state = once("state", directory);
        return this;
    }

    /**
     * Has somebody told of what an operator may want to know; can be called several times. Called in the node's threads, one
     * event at a time: who takes long holds the node up.
     *
     * @param listener who is told
     * @return this builder
     */
    @CanIgnoreReturnValue
    public FederationNodeBuilder onEvent(Consumer<? super FederationEvent> listener) {
        listeners.add(requireNonNull(listener, "listener")::accept);
        return this;
    }

    /**
     * Makes the node; nothing is read, bound or sent before it is started.
     *
     * @return the node
     * @throws IllegalStateException if the memory or the way to be reached is missing
     * @throws IllegalArgumentException if a peer is the node itself, or may do something in a namespace that isn't shared
     */
    public FederationNode build() {
        if (memory == null || (http == null && transport == null)) {
            throw new IllegalStateException(
                    (memory == null ? "memory" : "how peers are reached, as by listen,") + " is not set");
        }
        Ed25519PrivateKey own = key == null ? memory.exposeTransportKey() : key;
        if (namespaces.isEmpty()) {
            peers.values().forEach(peer -> namespaces.addAll(peer.namespaces()));
        }
        if (namespaces.isEmpty()) {
            namespaces.add(NamespaceName.MAIN);
        }
        Guard guard = new Guard(quota, concurrent, clock);
        NodeParts parts = new NodeParts(
                memory,
                PeerId.of(own.publicKey()),
                transport == null ? HttpTransport.of(requireNonNull(http), own, guard, clock) : transport,
                guard,
                namespaces,
                Map.copyOf(policies),
                List.copyOf(peers.values()),
                Optional.ofNullable(peersFile),
                new PeerLogFiles(state == null ? memory.directory().resolve("federation") : state),
                new Settings(limits, bodies),
                clock,
                List.copyOf(listeners));
        peers.values().forEach(peer -> requireShared(peer, parts));
        return new FederationNode(parts);
    }

    static void requireShared(Peer peer, NodeParts parts) {
        if (peer.id().equals(parts.id())) {
            throw new IllegalArgumentException("peer " + peer.id() + " is this node itself");
        }
        if (!parts.namespaces().containsAll(peer.namespaces())) {
            throw new IllegalArgumentException("peer " + peer.id() + " is in " + peer.namespaces()
                    + ", expected some of the namespaces that this node shares, " + parts.namespaces());
        }
    }
}
