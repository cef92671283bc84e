package io.vaultmesh.federation.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.merge.RecordStore;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.reconcile.ItemSet;
import io.vaultmesh.federation.reconcile.Negentropy;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.remembrancer.Namespace;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real memories on the disk, whose nodes talk directly. */
@Timeout(120)
class MemoriesAsPeersTest {

    private static final Set<Role> ALL = Set.of(Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH);

    @TempDir
    Path directory;

    private Remembrancer left;
    private Remembrancer right;
    private final List<FederationEvent> events = new ArrayList<>();
    private Limits limits = Limits.DEFAULT;
    private UnaryOperator<Response> onTheWay = UnaryOperator.identity();
    private Instant now = Instant.parse("2026-01-02T00:00:00Z");

    @BeforeEach
    void open() {
        left = Remembrancer.open(directory.resolve("left"));
        right = Remembrancer.open(directory.resolve("right"));
    }

    @AfterEach
    void close() {
        left.close();
        right.close();
    }

    private static PeerId id(String name) {
        byte[] seed = Hashing.sha256(name.getBytes(StandardCharsets.UTF_8)).bytes();
        return PeerId.of(Ed25519PrivateKey.ofSeed(seed).publicKey());
    }

    private static Namespace main(Remembrancer memory) {
        return memory.namespace(NamespaceName.MAIN.value());
    }

    private ProtocolCore node(Remembrancer memory, String other, Remembrancer others) {
        Peer peer = Peer.of(id(other))
                .roles(ALL)
                .namespaces(Set.of(NamespaceName.MAIN))
                .log(NamespaceName.MAIN, main(others).verifier());
        return new ProtocolCore(
                List.of(peer),
                List.of(RecordSet.of(RecordStore.of(main(memory)), AdmissionPolicy.open())),
                new InMemoryPeerLogs(),
                new Settings(limits, BodyMode.AT_ONCE),
                () -> now,
                new Random(other.hashCode()),
                events::add);
    }

    private static final class InMemoryPeerLogs implements PeerLogs {
        private final Map<String, byte[]> saved = new HashMap<>();

        @Override
        public Optional<byte[]> load(PeerId peer, NamespaceName namespace) {
            return Optional.ofNullable(saved.get(peer + " " + namespace));
        }

        @Override
        public void save(PeerId peer, NamespaceName namespace, byte[] state) {
            saved.put(peer + " " + namespace, state);
        }
    }

    /** Lets both talk until neither has anything to say. */
    private void converse() {
        Map<String, ProtocolCore> nodes =
                Map.of("left", node(left, "right", right), "right", node(right, "left", left));
        now = now.plusSeconds(1);
        Deque<Runnable> todo = new ArrayDeque<>();
        for (String name : List.of("left", "right")) {
            deliver(nodes, name, nodes.get(name).on(new Event.Tick()), todo);
        }
        while (!todo.isEmpty()) {
            todo.removeFirst().run();
        }
    }

    private void deliver(Map<String, ProtocolCore> nodes, String from, List<Action> actions, Deque<Runnable> todo) {
        String other = from.equals("left") ? "right" : "left";
        for (Action action : actions) {
            if (action instanceof Action.Ask ask) {
                todo.add(() -> {
                    Request request = Request.parse(
                            ask.request().method(),
                            ask.request().path(),
                            ask.request().body());
                    List<Action> answers = nodes.get(other).on(new Event.Asked(id(from), ask.number(), request));
                    deliver(nodes, other, answers, todo);
                });
            } else if (action instanceof Action.Answer answer) {
                Response response = onTheWay.apply(answer.response());
                todo.add(() ->
                        deliver(nodes, other, nodes.get(other).on(new Event.Answered(answer.token(), response)), todo));
            }
        }
    }

    private List<SyncReport> reports() {
        return events.stream()
                .filter(FederationEvent.Synced.class::isInstance)
                .map(event -> ((FederationEvent.Synced) event).report())
                .toList();
    }

    @Test
    void comeToHaveTheSameRecordsAndBodiesAndProveThem() {
        for (int i = 0; i < 300; i++) {
            left.record(Discovery.of("left " + i, "What was found on the left, " + i));
            if (i % 3 == 0) {
                right.record(Discovery.of("right " + i, "What was found on the right, " + i));
            }
        }
        converse();
        assertEquals(400, main(left).size());
        assertEquals(400, main(right).size());
        Receipt receipt = right.receipt(
                        main(left).timeline().findFirst().orElseThrow().id())
                .orElseThrow();
        receipt.verify(right.verifier()).orThrow();
        assertTrue(main(right).body(receipt.record()).orElseThrow().startsWith("What was found on the left"));
        for (Remembrancer memory : List.of(left, right)) {
            Report audit = memory.verifyAudit();
            assertFalse(audit.failed(), audit::toText);
            assertFalse(audit.toText().contains("NOT_CHECKED"), audit::toText); // every body came
        }
        events.clear();
        converse();
        assertEquals(
                Set.of(SyncReport.Outcome.IN_SYNC),
                Set.copyOf(reports().stream().map(SyncReport::outcome).toList()));
    }

    private static Limits inSmallSteps() {
        Limits d = Limits.DEFAULT;
        return new Limits(
                d.period(), d.coalesce(), d.timeout(), Negentropy.LEAST_FRAME_LIMIT, 1, 0, d.part(), d.body());
    }

    private List<String> blamed() {
        return events.stream()
                .filter(FederationEvent.Misbehaved.class::isInstance)
                .map(event -> ((FederationEvent.Misbehaved) event).reason())
                .toList();
    }

    @Test
    void moreThanOneExchangeCanHoldIsExchangedInSeveralAtOnceAndBlamesNobody() {
        limits = inSmallSteps();
        for (int i = 0; i < 200; i++) {
            left.record(Discovery.of("left " + i, "one"));
            right.record(Discovery.of("right " + i, "two"));
        }
        converse();
        assertEquals(400, main(left).size());
        assertEquals(400, main(right).size());
        assertEquals(List.of(), blamed());
        assertTrue(
                reports().stream()
                        .anyMatch(report -> report.outcome() == SyncReport.Outcome.DIFFERS && report.fetched() > 0),
                events::toString);
    }

    @Test
    void aPeerWithWhomReconcilingNeverEndsIsBlamed() {
        limits = inSmallSteps();
        for (int i = 0; i < 3; i++) {
            left.record(Discovery.of("left " + i, "one"));
            right.record(Discovery.of("right " + i, "two"));
        }
        byte[] neverEqual = new byte[20];
        neverEqual[0] = 0x61;
        neverEqual[3] = 1; // up to infinity, a fingerprint of nothing that is here
        onTheWay = response -> isReconciling(response) ? Response.ok(neverEqual) : response;
        converse();
        assertEquals(Set.of("not done after 1 rounds, of which nothing came, expected no more"), Set.copyOf(blamed()));
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() {
        for (int i = 0; i < 3; i++) {
            left.record(Discovery.of("left " + i, "one"));
            right.record(Discovery.of("right " + i, "two"));
        }
        onTheWay = response -> isReconciling(response) ? Response.ok(skips(Limits.DEFAULT.frame())) : response;
        converse();
        assertTrue(
                reports().stream()
                        .map(SyncReport::reason)
                        .anyMatch(reason -> reason.endsWith("bytes, expected at most " + Limits.DEFAULT.frame())),
                events::toString);
    }

    private static boolean isReconciling(Response response) {
        return response.length() > 0 && response.body()[0] == 0x61;
    }

    /** A message of the right form that says nothing, and is one range too long. */
    private static byte[] skips(int length) {
        byte[] message = new byte[length + 3];
        message[0] = 0x61;
        for (int at = 1; at + 2 < message.length; at += 3) {
            message[at] = 2;
        }
        return message;
    }

    @Test
    void whoMayNotAskIsToldNothing() {
        left.record(Discovery.of("left", "secret"));
        ProtocolCore node = node(left, "right", right);
        Request request = Request.file(NamespaceName.MAIN, "checkpoint");
        assertEquals(403, status(node, id("stranger"), request));
        byte[] message = Negentropy.of(new ItemSet()).client().initiate();
        assertEquals(200, status(node, id("right"), Request.of(Operation.RECONCILE, NamespaceName.MAIN, message)));
        assertEquals(403, status(node, id("right"), Request.file(new NamespaceName("dao:x"), "checkpoint")));
    }

    private static int status(ProtocolCore node, PeerId from, Request request) {
        return node.on(new Event.Asked(from, 1, request)).stream()
                .filter(Action.Answer.class::isInstance)
                .map(action -> ((Action.Answer) action).response().status())
                .findFirst()
                .orElseThrow();
    }
}
