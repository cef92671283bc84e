package io.vaultmesh.federation;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.protocol.Event;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.ProtocolCore;
import io.vaultmesh.federation.protocol.SyncReport;
import io.vaultmesh.federation.transport.Receiver;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.Listening;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps namespaces of a memory in agreement with those of peers: what is recorded here is announced to them, what they have
 * is fetched, and now and then each is asked whether something differs.
 *
 * <pre>{@code
 * FederationNode node = FederationNode.builder()
 *         .memory(memory)
 *         .listen("127.0.0.1", 8088)
 *         .peer(Peer.at("https://peer-b.example:8088").identity("did:key:z6Mk…").roles(SERVE, REQUEST).namespaces("main"))
 *         .build();
 * node.start();
 * }</pre>
 *
 * <p>Guaranteed: nobody is heard who isn't a peer, and a peer only in what it may do; what enters the memory was verified,
 * and nothing that was recorded is lost by what a peer does; after {@link #close} no thread, connection or listener of the
 * node is left. Not guaranteed: that peers agree at a given moment. How it works is in docs/FEDERATION.md.
 *
 * <p>The memory stays the caller's, who closes it after the node. Thread-safe; who is told of an event must not wait for
 * {@link #sync} or {@link #status} then.
 */
public final class FederationNode implements AutoCloseable {

    private enum State {
        NEW,
        STARTED,
        CLOSED
    }

    private final NodeParts parts;
    private final PeerBook peers = new PeerBook();
    private final NodeEvents events;
    private final HoldBack holdBack;
    private final Waiters waiters = new Waiters();
    private State state = State.NEW; // guarded by this, as all that follows
    private Map<NamespaceName, RecordSet> sets = Map.of();
    private @Nullable ProtocolCore core;
    private @Nullable NodeLoop loop;
    private @Nullable Thread thread;
    private @Nullable Listening recording;

    FederationNode(NodeParts parts) {
        this.parts = parts;
        this.events = new NodeEvents(parts.listeners());
        this.holdBack = new HoldBack(parts.guard(), parts.clock());
        parts.peers().forEach(peers::put);
    }

    /**
     * Begins to describe a node.
     *
     * @return a builder
     */
    public static FederationNodeBuilder builder() {
        return new FederationNodeBuilder();
    }

    /** {@return who this node is to its peers} */
    public PeerId id() {
        return parts.id();
    }

    /** {@return where peers reach this node; empty before {@link #start}, or if they can't} */
    public Optional<URI> address() {
        return parts.transport().address();
    }

    /** {@return the peers, by their ids} */
    public List<Peer> peers() {
        return peers.all();
    }

    /**
     * Reads the shared namespaces and begins to listen and to ask.
     *
     * @throws IllegalStateException if it was started or closed before, or the memory is closed
     * @throws io.vaultmesh.remembrancer.memory.MemoryDamagedException if a namespace or its policy can't be read
     * @throws java.io.UncheckedIOException if it can't listen, or the disk refuses
     */
    public synchronized void start() {
        if (state != State.NEW) {
            throw new IllegalStateException("the node is " + (state == State.CLOSED ? "closed" : "started already"));
        }
        sets = parts.namespaces().stream().map(this::set).collect(Collectors.toMap(RecordSet::namespace, each -> each));
        core = new ProtocolCore(
                List.of(),
                sets.values(),
                parts.logs(),
                parts.settings(),
                parts.clock(),
                new SecureRandom(),
                this::happened);
        peers.all().forEach(peer -> core.join(peer, parts.transport().reaches(peer)));
        NodeLoop begun = new NodeLoop(core, parts.transport(), peers::get, holdBack, parts.clock(), events);
        parts.transport().start(new Desk(begun));
        loop = begun;
        thread = new Thread(begun, "vaultmesh-federation");
        thread.setDaemon(true);
        thread.start();
        recording = parts.memory().onRecord(receipt -> begun.tick());
        state = State.STARTED;
    }

    private RecordSet set(NamespaceName name) {
        Namespace namespace = parts.memory().namespace(name.value());
        AdmissionPolicy given = parts.policies().get(name);
        AdmissionPolicy policy =
                given == null ? PolicyInForce.of(namespace, parts.memory().author()) : given;
        return RecordSet.of(RecordStore.of(namespace), policy)
                .ownedBy(parts.memory().author());
    }

    /** What comes in. */
    private final class Desk implements Receiver {

        private final NodeLoop to;

        Desk(NodeLoop to) {
            this.to = to;
        }

        @Override
        public Optional<Peer> peer(PeerId id) {
            return peers.get(id);
        }

        @Override
        public CompletableFuture<Response> receive(PeerId from, Request request) {
            return to.answer(from, request);
        }

        @Override
        public void refused(Refused refused) {
            events.accept(new FederationEvent.Rejected(refused.from(), refused.reason(), refused.text()));
        }
    }

    /** In the loop's thread, or in the one that starts. */
    private void happened(FederationEvent event) {
        if (event instanceof FederationEvent.Misbehaved misbehaved) {
            parts.guard().misbehaved(misbehaved.peer());
        } else if (event instanceof FederationEvent.Synced synced) {
            SyncReport report = synced.report();
            RecordSet set = sets.get(report.namespace());
            if (set != null) {
                peers.note(report, set.root(), parts.clock().instant());
            }
        }
        events.accept(event);
    }

    private synchronized NodeLoop running() {
        NodeLoop running = loop;
        if (state != State.STARTED || running == null) {
            throw new IllegalStateException("the node is " + (state == State.NEW ? "not started" : "closed"));
        }
        return running;
    }

    /**
     * Takes up a peer that may announce, serve, request and push in every namespace that this node shares, in place of what
     * was known of it. It is asked at once.
     *
     * @param address where it is, as {@code https://host:port}
     * @param peer who must answer there
     * @throws IllegalArgumentException if it is not such an address
     * @throws IllegalStateException if the node isn't running
     */
    public void join(URI address, PeerId peer) {
        join(Peer.at(address)
                .identity(peer)
                .roles(Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH)
                .namespaces(parts.namespaces()));
    }

    /**
     * Takes up a peer, in place of what was known of it. It is asked at once. If peers are kept in a file, it is in there
     * before this returns.
     *
     * @param peer the peer
     * @throws IllegalArgumentException if it is this node itself, or may do something in a namespace that isn't shared
     * @throws IllegalStateException if the node isn't running
     * @throws java.io.UncheckedIOException if the file can't be written; nothing has changed then
     */
    public void join(Peer peer) {
        FederationNodeBuilder.requireShared(peer, parts);
        NodeLoop running = running();
        waiters.await(running.call(() -> {
            parts.peersFile().ifPresent(file -> file.join(peer));
            peers.put(peer); // here, so that who is heard and who is asked are changed in one order
            requireNonNull(core).join(peer, parts.transport().reaches(peer));
            waiters.giveUp(peer.id(), "was taken up anew meanwhile");
            return true;
        }));
        running.tick();
    }

    /**
     * Parts with a peer: it isn't asked any more, and whatever it asks is refused. What came from it stays. If peers are
     * kept in a file, it is gone from there before this returns.
     *
     * @param peer the peer
     * @throws IllegalArgumentException if there is no such peer
     * @throws IllegalStateException if the node isn't running
     * @throws java.io.UncheckedIOException if the file can't be written; nothing has changed then
     */
    public void leave(PeerId peer) {
        NodeLoop running = running();
        waiters.await(running.call(() -> {
            if (peers.get(peer).isEmpty()) {
                throw new IllegalArgumentException(peer + " is no peer, expected one of "
                        + peers.all().stream().map(Peer::id).toList());
            }
            parts.peersFile().ifPresent(file -> file.leave(peer));
            peers.remove(peer);
            requireNonNull(core).leave(peer);
            peers.forget(peer);
            waiters.giveUp(peer, "has left meanwhile");
            return true;
        }));
        parts.guard().forget(peer);
        holdBack.forget(peer);
    }

    /**
     * Makes a peer and this node agree now, as far as that is possible, and waits for it.
     *
     * @param peer the did:key of the peer
     * @return what came of it, in each namespace that is shared with it
     * @throws IllegalArgumentException if there is no such peer, or it can't be asked
     * @throws IllegalStateException if the node isn't running, or is closed, parts with the peer or takes it up anew
     *     meanwhile
     */
    public SyncReports sync(String peer) {
        return sync(new PeerId(peer));
    }

    /**
     * Makes a peer and this node agree now, as far as that is possible, and waits for it.
     *
     * @param peer the peer
     * @return what came of it, in each namespace that is shared with it
     * @throws IllegalArgumentException if there is no such peer, or it can't be asked
     * @throws IllegalStateException if the node isn't running, or is closed, parts with the peer or takes it up anew
     *     meanwhile
     */
    public SyncReports sync(PeerId peer) {
        NodeLoop running = running();
        Peer known = peers.get(peer)
                .filter(parts.transport()::reaches)
                .orElseThrow(() -> new IllegalArgumentException(peer + " is no peer that can be asked, expected one of "
                        + peers.all().stream().map(Peer::id).toList()));
        List<CompletableFuture<SyncReport>> reports = new ArrayList<>();
        for (NamespaceName namespace : parts.namespaces()) {
            if (known.namespaces().contains(namespace)) {
                CompletableFuture<SyncReport> report = waiters.add(Optional.of(peer), new CompletableFuture<>());
                reports.add(report);
                if (peers.get(peer).isEmpty()) { // it left before anybody could know that this waits for it
                    waiters.giveUp(peer, "has left meanwhile");
                }
                running.tell(new Event.SyncWanted(peer, namespace, report::complete));
            }
        }
        return new SyncReports(peer, reports.stream().map(waiters::await).toList());
    }

    /**
     * Wants the body of a record that isn't here, from whichever peer has it; with {@code BodyMode.ON_DEMAND}. It comes
     * after a while, or never.
     *
     * @param namespace the record's namespace
     * @param body what the record says of it
     * @throws IllegalStateException if the node isn't running
     */
    public void wantBody(NamespaceName namespace, BodyRef body) {
        running().tell(new Event.BodyWanted(namespace, body));
    }

    /**
     * How far this node and its peers agree.
     *
     * @return the status at one moment
     * @throws IllegalStateException if the node isn't running
     */
    public NodeStatus status() {
        return waiters.await(running()
                .call(() -> new NodeStatus(
                        id(),
                        address(),
                        parts.namespaces().stream()
                                .map(name -> peers.status(
                                        requireNonNull(sets.get(name)),
                                        parts.clock().instant(),
                                        parts.guard()::score))
                                .toList())));
    }

    /**
     * Ends the node; an exchange that is under way ends early, and what it had committed stays. Waits for its threads, unless
     * it is called by who is told of an event; then they end soon.
     */
    @Override
    public void close() {
        Thread running;
        synchronized (this) {
            state = State.CLOSED;
            running = thread;
            if (recording != null) {
                recording.close();
            }
            if (loop != null) {
                loop.close();
            }
        }
        parts.transport().close();
        waiters.close();
        try {
            // who is told of an event holds up whoever has one to tell, which the loop may have
            if (running != null && running != Thread.currentThread() && !events.isTelling()) {
                running.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
