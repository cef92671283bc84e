package io.vaultmesh.federation.sim;

import static io.vaultmesh.federation.sim.Invariants.require;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.protocol.Action;
import io.vaultmesh.federation.protocol.BodyMode;
import io.vaultmesh.federation.protocol.Event;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.Limits;
import io.vaultmesh.federation.protocol.Settings;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import io.vaultmesh.federation.wire.WireException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A whole federation in one thread and in virtual time: first everything goes wrong that the plan says, then nothing does
 * any more, and all honest nodes must come to have the same.
 */
final class SimWorld implements SimNode.SimWorldView {

    private static final Limits LIMITS = new Limits(
            Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofSeconds(4), 4096, 20, 4096, 40, 1 << 20);

    private static final long CHAOS = 45_000;
    private static final long PERIOD = LIMITS.period().toMillis();
    private static final int MOST_PERIODS = 60;
    private static final int MOST_STEPS = 20_000; // of each node, for each 500 records

    static final int ROUNDS = LIMITS.rounds();

    private final SimPlan plan;
    private final SplittableRandom random;
    private final SimCounters counters;
    private final Timeline timeline = new Timeline();
    private final SimNetwork network;
    private final Invariants invariants = new Invariants();
    private final List<SimNode> nodes = new ArrayList<>();
    private final Map<SimNode, Map<SimNode, Peer>> peers = new LinkedHashMap<>();
    private final Map<SimNode, Traitor> traitors = new LinkedHashMap<>();
    private final Set<String> othersPolicies = new HashSet<>();
    private final Trace trace = new Trace();
    private final AtRest atRest = new AtRest(nodes);
    private boolean chaos = true;
    private int steps;

    SimWorld(long seed, SimCounters counters) {
        this(seed, SimPlan.of(seed), counters);
    }

    SimWorld(long seed, SimPlan plan, SimCounters counters) {
        this.plan = plan;
        this.random = new SplittableRandom(seed ^ 0x5DEECE66DL);
        this.counters = counters;
        this.network = new SimNetwork(this, timeline, random, counters);
        build();
    }

    @Override
    public long now() {
        return timeline.now();
    }

    @Override
    public void count(Fault fault) {
        counters.count(fault);
    }

    boolean isChaos(Fault fault) {
        return chaos && plan.faults().contains(fault);
    }

    Trace trace() {
        return trace;
    }

    private void build() {
        for (int i = 0; i < plan.nodes(); i++) {
            SimNode node = new SimNode("node" + i, this);
            if (plan.isByzantine(i)) {
                node.treasons.addAll(plan.treasons());
                traitors.put(node, new Traitor(node, random.split(), counters::count));
                if (node.treasons.contains(Treason.OTHER_POLICY)) {
                    counters.count(Treason.OTHER_POLICY);
                    node.policy =
                            AdmissionPolicy.builder().authors(node.author()).build();
                }
            }
            if (isChaos(Fault.SLOW_PEER) && random.nextInt(3) == 0) {
                counters.count(Fault.SLOW_PEER);
                node.slowness = 20;
            }
            nodes.add(node);
        }
        for (int n = 0; n < SimPlan.NAMESPACES.size(); n++) {
            for (int member : plan.members().get(n)) {
                nodes.get(member).keep(SimPlan.NAMESPACES.get(n));
            }
        }
        for (SimNode node : nodes) {
            peers.put(node, new LinkedHashMap<>());
        }
        for (int[] link : plan.links()) {
            connect(nodes.get(link[0]), nodes.get(link[1]));
            connect(nodes.get(link[1]), nodes.get(link[0]));
        }
    }

    private void connect(SimNode node, SimNode other) {
        Set<NamespaceName> common = new HashSet<>();
        Map<NamespaceName, NoteVerifier> logs = new HashMap<>();
        for (NamespaceName namespace : SimPlan.NAMESPACES) {
            if (node.stores.containsKey(namespace.value()) && other.stores.containsKey(namespace.value())) {
                common.add(namespace);
                logs.put(namespace, other.logVerifier(namespace));
            }
        }
        Set<Role> roles = Set.of(Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH);
        peers.get(node).put(other, new Peer(other.id, Optional.empty(), roles, common, logs));
    }

    /** Lives through it all. Returns the hash of everything that happened. */
    Hash run() {
        nodes.forEach(this::start);
        planRecords();
        planFaults();
        timeline.runUntil(CHAOS);
        heal();
        untilAllAgree();
        atRest.require(peers, invariants, counters);
        network.requireNoWork(nodes.stream().filter(SimNode::isHonest).toList(), 3 * PERIOD, timeline);
        return trace.hash();
    }

    private void planRecords() {
        for (int i = 0; i < plan.records(); i++) {
            int n = random.nextInt(3) == 0 ? 1 : 0;
            List<Integer> members = List.copyOf(plan.members().get(n));
            SimNode node = nodes.get(members.get(random.nextInt(members.size())));
            NamespaceName namespace = SimPlan.NAMESPACES.get(n);
            timeline.at(random.nextLong(CHAOS), () -> record(node, namespace));
        }
    }

    private void record(SimNode node, NamespaceName namespace) {
        if (node.core == null) {
            return; // its process is down
        }
        step(node, () -> {
            boolean twice = node.treasons.contains(Treason.EQUIVOCATING) && random.nextBoolean();
            if (node.treasons.contains(Treason.LYING)) {
                counters.count(Treason.LYING);
                byte[] lie = SimRecords.lying(node.name, namespace, random.nextInt(8), random.nextInt(60));
                var unused = node.stores.get(namespace.value()).admit(List.of(lie), node.policy::admits);
            }
            node.record(namespace, twice ? 2 : 1);
            if (twice) {
                counters.count(Treason.EQUIVOCATING);
            }
            if (node.treasons.contains(Treason.FORGED) && random.nextBoolean()) {
                byte[] forged = SimRecords.forged("node0", namespace, 50 + random.nextInt(50));
                var unused = node.stores.get(namespace.value()).admit(List.of(forged), node.policy::admits);
                counters.count(Treason.FORGED);
            }
            return node.core.on(new Event.Tick());
        });
    }

    private void planFaults() {
        for (int i = 0; i < 6; i++) {
            timeline.at(random.nextLong(CHAOS), this::oneFault);
        }
        for (SimNode node : traitors.keySet()) {
            new Nuisance(node, traitors.get(node), this, network, random).plan(timeline, CHAOS);
        }
    }

    private void oneFault() {
        SimNode node = nodes.get(random.nextInt(nodes.size()));
        if (isChaos(Fault.PARTITION)) {
            counters.count(Fault.PARTITION);
            network.cut(node, nodes.get(random.nextInt(nodes.size())), now() + random.nextLong(20_000));
        }
        if (isChaos(Fault.CRASH)) {
            node.crashSoon(1 + random.nextInt(6));
        }
        if (isChaos(Fault.CLOCK_JUMP)) {
            counters.count(Fault.CLOCK_JUMP);
            node.clockOffset += random.nextLong(-7_200_000, 7_200_000);
        }
        if (isChaos(Fault.DISK_FULL)) {
            node.fullUntil = now() + random.nextLong(10_000);
        }
    }

    private void heal() {
        chaos = false;
        network.mend();
        for (SimNode node : nodes) {
            node.slowness = 1;
            node.fullUntil = 0;
            node.crashAtWrite = Long.MAX_VALUE;
            if (node.core == null) {
                start(node);
            }
        }
    }

    private void untilAllAgree() {
        for (int period = 0; period < MOST_PERIODS; period++) {
            if (atRest.disagreement().isEmpty()) {
                counters.agreed(period);
                return;
            }
            timeline.runUntil(now() + PERIOD);
        }
        throw new AssertionError("after " + MOST_PERIODS + " periods without faults: " + atRest.disagreement());
    }

    private void start(SimNode node) {
        node.start(
                peers.get(node).values(),
                new Settings(LIMITS, BodyMode.AT_ONCE),
                SimRecords.BEGIN.plusMillis(now()),
                random.nextLong(),
                event -> {
                    trace.add(node.name + " " + event);
                    if (node.isHonest()) {
                        requireJust(node, event);
                    }
                },
                this);
        step(node, () -> node.core.on(new Event.Tick()));
    }

    /** Where no bit is flipped on the way, nobody honest is blamed. */
    private void requireJust(SimNode node, FederationEvent event) {
        if (event instanceof FederationEvent.Synced synced) {
            SimNetwork.ended(node, node(synced.report().peer()).isHonest(), synced.report());
        }
        PeerId blamed = null;
        if (event instanceof FederationEvent.Misbehaved misbehaved) {
            blamed = misbehaved.peer();
        } else if (event instanceof FederationEvent.LogDoubted doubted) {
            blamed = doubted.peer();
        }
        require(
                blamed == null
                        || plan.faults().contains(Fault.BIT_FLIP)
                        || !node(blamed).isHonest(),
                node.name + " blames an honest peer: " + event);
    }

    /** The nodes that keep a namespace and are honest. */
    List<SimNode> honest(NamespaceName namespace) {
        return atRest.honest(namespace);
    }

    Map<SimNode, Peer> peersOf(SimNode node) {
        return peers.get(node);
    }

    SimNode node(PeerId id) {
        return nodes.stream().filter(node -> node.id.equals(id)).findFirst().orElseThrow();
    }

    /** What a node does in one step. */
    interface Step {
        List<Action> run();
    }

    /** Lets a node do something, and sends what comes of it; it may die of it. */
    void step(SimNode node, Step step) {
        require(
                ++steps < plan.nodes() * MOST_STEPS * Math.max(1, plan.records() / 500),
                "after " + steps + " steps there is no rest");
        List<Action> actions;
        try {
            actions = step.run();
        } catch (SimCrash crash) {
            counters.count(Fault.CRASH);
            node.core = null;
            node.tickAt = Long.MAX_VALUE;
            timeline.at(now() + random.nextLong(5_000), () -> {
                if (node.core == null) {
                    start(node);
                }
            });
            checkHonest(node);
            return;
        } catch (UncheckedIOException full) {
            actions = List.of(); // something couldn't be recorded, and wasn't acknowledged
        }
        for (Action action : actions) {
            if (action instanceof Action.Ask ask) {
                network.ask(node, node(ask.to()), ask.number(), ask.request());
            } else if (action instanceof Action.Answer answer) {
                network.answer(node, answer.token(), answer.response());
            }
        }
        checkHonest(node);
        planTick(node);
    }

    private void checkHonest(SimNode node) {
        if (node.isHonest()) {
            invariants.check(node);
        }
    }

    private void planTick(SimNode node) {
        Instant wake = node.core.nextWake();
        long at = Math.max(now() + 1, wake.toEpochMilli() - SimRecords.BEGIN.toEpochMilli() - node.clockOffset + 1);
        if (at != node.tickAt) {
            node.tickAt = at;
            timeline.at(at, () -> {
                if (node.core != null && node.tickAt == at) {
                    node.tickAt = Long.MAX_VALUE;
                    step(node, () -> node.core.on(new Event.Tick()));
                }
            });
        }
    }

    /** Brings a request to a node. */
    void asked(SimNode from, SimNode to, long token, String method, String path, byte[] body) {
        if (to.core == null) {
            return;
        }
        Request request;
        try {
            request = Request.parse(method, path, body);
        } catch (WireException e) {
            network.answer(to, token, Response.refused(Response.BAD_REQUEST, String.valueOf(e.getMessage())));
            return;
        }
        step(to, () -> to.core.on(new Event.Asked(from.id, token, request)));
    }

    /** Brings an answer to a node. */
    void answered(SimNode to, long number, Response response) {
        if (to.core != null) {
            step(to, () -> to.core.on(new Event.Answered(number, response)));
        }
    }

    Response mangled(SimNode node, Request request, Response response) {
        Traitor traitor = traitors.get(node);
        return traitor == null ? response : traitor.answer(request, response);
    }

    /** How many entries came to nodes that had them. */
    long needless() {
        return network.needless();
    }

    /** How many entries came to nodes. */
    long crossings() {
        return network.crossings();
    }
}
