package io.vaultmesh.federation.protocol;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.federation.merge.Crafted;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A node whose peers say what a test wants them to; time goes on when the test says so. */
final class ScriptedPeers {

    static final Duration PERIOD = Limits.DEFAULT.period();

    final List<FederationEvent> events = new ArrayList<>();
    final RecordStore store;
    final RecordSet set;
    private final Map<PeerId, Function<Request, Optional<Response>>> scripts = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Map<PeerId, Action.Ask> asked = new HashMap<>();
    private final ProtocolCore core;
    private Instant now = Instant.parse("2026-01-02T00:00:00Z");
    private long token;

    ScriptedPeers(String... names) {
        this(UnaryOperator.identity(), AdmissionPolicy.open(), new Forgetful(), names);
    }

    /** A node whose store is another one's wrapping. */
    ScriptedPeers(UnaryOperator<RecordStore> wrapping, String... names) {
        this(wrapping, AdmissionPolicy.open(), new Forgetful(), names);
    }

    ScriptedPeers(UnaryOperator<RecordStore> wrapping, AdmissionPolicy policy, PeerLogs logs, String... names) {
        store = store("node");
        set = RecordSet.of(wrapping.apply(store), policy);
        core = new ProtocolCore(
                Stream.of(names).map(ScriptedPeers::peer).toList(),
                List.of(set),
                logs,
                new Settings(Limits.DEFAULT, BodyMode.AT_ONCE),
                () -> now,
                new Random(1),
                events::add);
    }

    static RecordStore store(String name) {
        return RecordStore.inMemory(
                NamespaceName.MAIN, NoteSigner.ed25519(name + ".example/main", Crafted.key(name + " log")));
    }

    static PeerId id(String name) {
        return PeerId.of(Crafted.key(name + " transport").publicKey());
    }

    private static Peer peer(String name) {
        return Peer.of(id(name))
                .roles(Set.of(Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH))
                .namespaces(Set.of(NamespaceName.MAIN));
    }

    /** Keeps in memory what was refused. */
    static final class Disk implements PeerLogs {
        private final Map<NamespaceName, byte[]> refused = new HashMap<>();
        private int saved;

        @Override
        public Optional<byte[]> load(PeerId peer, NamespaceName namespace) {
            return Optional.empty();
        }

        @Override
        public void save(PeerId peer, NamespaceName namespace, byte[] state) {}

        @Override
        public Optional<byte[]> loadRefused(NamespaceName namespace) {
            return Optional.ofNullable(refused.get(namespace));
        }

        @Override
        public void saveRefused(NamespaceName namespace, byte[] bytes) {
            saved++;
            refused.put(namespace, bytes);
        }

        /** How often something was saved. */
        int saved() {
            return saved;
        }
    }

    private static final class Forgetful implements PeerLogs {
        @Override
        public Optional<byte[]> load(PeerId peer, NamespaceName namespace) {
            return Optional.empty();
        }

        @Override
        public void save(PeerId peer, NamespaceName namespace, byte[] state) {}
    }

    /** What a peer answers from now on; nothing if that is empty. */
    @CanIgnoreReturnValue
    ScriptedPeers answers(String name, Function<Request, Optional<Response>> script) {
        scripts.put(id(name), script);
        return this;
    }

    /** A peer that keeps to the protocol, over a store of its own. */
    @CanIgnoreReturnValue
    ScriptedPeers honest(String name, RecordStore peers) {
        return answers(name, honest(peers));
    }

    Function<Request, Optional<Response>> honest(RecordStore peers) {
        RecordSet set = RecordSet.of(peers, AdmissionPolicy.open());
        ProtocolCore honest = new ProtocolCore(
                List.of(peer("node")),
                List.of(set),
                new Forgetful(),
                new Settings(Limits.DEFAULT, BodyMode.NEVER),
                () -> now,
                new Random(2),
                event -> {});
        return request -> honest.on(new Event.Asked(id("node"), 1, request)).stream()
                .filter(Action.Answer.class::isInstance)
                .map(action -> ((Action.Answer) action).response())
                .findFirst();
    }

    /** A peer asks the node. */
    Response ask(String from, Operation operation, byte[] body) {
        return answer(core.on(new Event.Asked(id(from), ++token, Request.of(operation, NamespaceName.MAIN, body))));
    }

    private Response answer(List<Action> actions) {
        Response response = null;
        for (Action action : actions) {
            if (action instanceof Action.Answer answer) {
                response = answer.response();
            }
        }
        deliver(actions);
        return Optional.ofNullable(response).orElseThrow();
    }

    /** Time goes on, in steps of a second or less. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        do {
            now = now.plus(Duration.ofMillis(500)).isAfter(end) ? end : now.plus(Duration.ofMillis(500));
            deliver(core.on(new Event.Tick()));
        } while (now.isBefore(end));
    }

    /** The node's clock is set back. */
    void setBack(Duration time) {
        now = now.minus(time);
        deliver(core.on(new Event.Tick()));
    }

    void syncNow(String name) {
        deliver(core.on(new Event.SyncWanted(id(name), NamespaceName.MAIN, report -> {})));
        deliver(core.on(new Event.Unanswered(
                Optional.ofNullable(asked.get(id(name))).orElseThrow().number(), "gone")));
        deliver(core.on(new Event.SyncWanted(id(name), NamespaceName.MAIN, report -> {})));
    }

    private void deliver(List<Action> actions) {
        Deque<Action> todo = new ArrayDeque<>(actions);
        while (!todo.isEmpty()) {
            if (todo.removeFirst() instanceof Action.Ask ask) {
                requests.add(ask.request());
                asked.put(ask.to(), ask);
                scripts.getOrDefault(ask.to(), request -> Optional.empty())
                        .apply(ask.request())
                        .ifPresent(response -> todo.addAll(core.on(new Event.Answered(ask.number(), response))));
            }
        }
    }

    /** What a peer was asked last. */
    Request lastAsked(String name) {
        return Optional.ofNullable(asked.get(id(name))).orElseThrow().request();
    }

    /** A peer answers what it was asked last. */
    void answerLate(String name, Response response) {
        Action.Ask ask = Optional.ofNullable(asked.get(id(name))).orElseThrow();
        deliver(core.on(new Event.Answered(ask.number(), response)));
    }

    /** How many requests of a kind the node made since this was asked last. */
    long takeRequests(Operation operation) {
        long count = requests.stream()
                .filter(request -> request.operation() == operation)
                .count();
        requests.clear();
        return count;
    }

    /** What the node says of peers that do what none should. */
    List<FederationEvent.Misbehaved> misbehaved() {
        return events.stream()
                .filter(FederationEvent.Misbehaved.class::isInstance)
                .map(FederationEvent.Misbehaved.class::cast)
                .toList();
    }
}
