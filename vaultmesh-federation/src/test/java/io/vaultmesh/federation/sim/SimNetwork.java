package io.vaultmesh.federation.sim;

import static io.vaultmesh.federation.sim.Invariants.require;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.protocol.SyncReport;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.EntryList;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.federation.wire.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Carries messages between nodes, as badly as the world wants it; and sees to it that nothing leaks. */
final class SimNetwork {

    /** A question on its way, by the token under which it is answered. */
    private record Asked(SimNode from, SimNode to, long number, Request request) {}

    private static final int LATENCY = 40;

    private final SimWorld world;
    private final Timeline timeline;
    private final SplittableRandom random;
    private final SimCounters counters;
    private final Map<Long, Asked> asked = new HashMap<>();
    private final Map<String, Long> cutUntil = new HashMap<>();
    private final List<Asked> sent = new ArrayList<>(); // by Byzantine nodes, to be replayed
    private final Map<String, Long> requests = new TreeMap<>(); // by asking node and operation
    private final Map<String, Integer> rounds = new HashMap<>(); // by link and namespace, of the exchange that goes on
    private long nextToken;
    private long crossings; // entries that came to a node
    private long needless; // entries that came to a node that had them

    SimNetwork(SimWorld world, Timeline timeline, SplittableRandom random, SimCounters counters) {
        this.world = world;
        this.timeline = timeline;
        this.random = random;
        this.counters = counters;
    }

    /** Cuts one direction. */
    void cut(SimNode from, SimNode to, long until) {
        cutUntil.put(from.name + ">" + to.name, until);
    }

    void mend() {
        cutUntil.clear();
    }

    void ask(SimNode from, SimNode to, long number, Request request) {
        if (from.isHonest()) {
            Peer peer = world.peersOf(from).get(to);
            require(
                    peer.namespaces().contains(request.namespace()),
                    from.name + " tells " + to.name + " of " + request.namespace());
        } else {
            sent.add(new Asked(from, to, number, request));
        }
        requests.merge(from.name + " " + request.operation(), 1L, Long::sum);
        countRounds(from, to, request);
        if (request.operation() == Operation.ANNOUNCE
                && from.isHonest()
                && !Announcement.parse(request.body()).ids().isEmpty()) {
            requests.merge(from.name + " offers", 1L, Long::sum);
        }
        deliver(from, to, request.body(), body -> {
            long token = nextToken++;
            asked.put(token, new Asked(from, to, number, request));
            countNeedless(to, request, body, from.isHonest());
            world.trace().add(from.name + ">" + to.name + " " + request.path());
            world.trace().add(body);
            world.asked(from, to, token, request.method(), request.path(), body);
        });
    }

    /** No reconciliation takes more rounds than it may. */
    private void countRounds(SimNode from, SimNode to, Request request) {
        String link = from.name + ">" + to.name + " " + request.namespace();
        if (request.operation() == Operation.ANNOUNCE
                && Announcement.parse(request.body()).ids().isEmpty()) {
            rounds.remove(link); // another exchange
        } else if (request.operation() == Operation.RECONCILE && from.isHonest()) {
            int count = rounds.merge(link, 1, Integer::sum);
            require(count <= SimWorld.ROUNDS + 1, link + ": " + count + " rounds, and no end");
        }
    }

    /** An exchange in which an answer is longer than it may be fails; all else that a liar says is shorter. */
    static void ended(SimNode node, boolean honestPeer, SyncReport report) {
        require(
                honestPeer || report.outcome() == SyncReport.Outcome.FAILED || report.bytes() < Traitor.LONG,
                node.name + " took an answer that is too long: " + report);
    }

    private void countNeedless(SimNode to, Request request, byte[] body, boolean honest) {
        if (honest && request.operation() == Operation.PUSH && Arrays.equals(body, request.body())) {
            countNeedless(to, request, EntryList.decode(body));
        }
    }

    private void countNeedless(SimNode to, Request request, Collection<byte[]> entries) {
        crossings += entries.size();
        for (byte[] entry : entries) {
            Hash id = MerkleTree.leafHash(entry);
            if (to.stores.containsKey(request.namespace().value())
                    && to.stores.get(request.namespace().value()).entry(id).isPresent()) {
                needless++;
            }
        }
    }

    /** How many entries came to nodes that had them already. */
    long needless() {
        return needless;
    }

    long crossings() {
        return crossings;
    }

    private static int longest(Operation operation) {
        return operation == Operation.PUSH ? EntryList.MOST_BYTES + 1 : Traitor.LONG;
    }

    void answer(SimNode from, long token, Response honest) {
        Asked question = asked.get(token);
        if (from.isHonest()) {
            Peer peer = world.peersOf(from).get(question.from());
            boolean may = peer != null
                    && peer.namespaces().contains(question.request().namespace());
            require(
                    may || honest.status() != Response.OK,
                    from.name + " answers " + question.from().name + " about "
                            + question.request().namespace());
            require(
                    question.request().length() < longest(question.request().operation())
                            || honest.status() != Response.OK,
                    from.name + " answers to a message that is too long: " + question.request());
        }
        Response response = world.mangled(from, question.request(), honest);
        deliver(from, question.from(), response.body(), body -> {
            world.trace().add(from.name + "<" + response.status());
            world.trace().add(body);
            if (question.request().operation() == Operation.FETCH
                    && response.status() == Response.OK
                    && from.isHonest()
                    && Arrays.equals(body, response.body())) {
                countNeedless(question.from(), question.request(), EntryList.decode(body));
            }
            world.answered(question.from(), question.number(), Response.of(response.status(), body));
        });
    }

    /** Sends again what a node sent some time. */
    void replay(SimNode from) {
        if (!sent.isEmpty()) {
            Asked old = sent.get(random.nextInt(sent.size()));
            counters.count(Treason.REPLAYED);
            ask(from, old.to(), old.number(), old.request());
        }
    }

    private interface Delivery {
        void to(byte[] body);
    }

    private void deliver(SimNode from, SimNode to, byte[] body, Delivery delivery) {
        counters.message();
        if (cutUntil.getOrDefault(from.name + ">" + to.name, 0L) > timeline.now()) {
            return;
        }
        if (happens(Fault.LOSS, 12)) {
            return;
        }
        int copies = happens(Fault.DUPLICATE, 12) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            long delay = (1L + random.nextInt(LATENCY)) * Math.max(from.slowness, to.slowness);
            if (happens(Fault.REORDER, 10)) {
                delay += random.nextInt(3_000);
            }
            byte[] came = body.clone();
            if (came.length > 0 && happens(Fault.BIT_FLIP, 30)) {
                came[random.nextInt(came.length)] ^= (byte) (1 << random.nextInt(8));
            }
            timeline.at(timeline.now() + delay, () -> delivery.to(came));
        }
    }

    private boolean happens(Fault fault, int oneIn) {
        boolean happens = world.isChaos(fault) && random.nextInt(oneIn) == 0;
        if (happens) {
            counters.count(fault);
        }
        return happens;
    }

    /** Whether honest nodes that agree do nothing but ask each other now and then. */
    void requireNoWork(List<SimNode> honest, long time, Timeline until) {
        boolean alone = honest.stream()
                .allMatch(node -> world.peersOf(node).keySet().stream().allMatch(SimNode::isHonest));
        until.runUntil(until.now() + time / 3); // what was begun ends
        requests.clear();
        until.runUntil(until.now() + time);
        for (SimNode node : honest) {
            if (alone) {
                requests.forEach((what, count) -> require(
                        what.endsWith(Operation.ANNOUNCE.name()) || !what.startsWith(node.name + " "),
                        "at rest " + what + " " + count + " times"));
                long links = world.peersOf(node).values().stream()
                        .mapToLong(peer -> peer.namespaces().size())
                        .sum();
                long most = 5 * links; // three periods of at least three quarters
                long announced = requests.getOrDefault(node.name + " " + Operation.ANNOUNCE, 0L);
                require(
                        announced <= most && announced >= links,
                        node.name + " asked " + announced + " times at rest, expected " + links + " to " + most);
            }
        }
    }
}
