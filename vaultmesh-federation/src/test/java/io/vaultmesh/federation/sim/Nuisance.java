package io.vaultmesh.federation.sim;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.reconcile.ItemSet;
import io.vaultmesh.federation.reconcile.Negentropy;
import io.vaultmesh.federation.wire.Announcement;
import io.vaultmesh.federation.wire.Operation;
import io.vaultmesh.federation.wire.Request;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** What a Byzantine node asks of others, beside what an honest one would. */
final class Nuisance {

    private static final long PROMISES = 80; // a promise each so many milliseconds

    private final SimNode node;
    private final Traitor traitor;
    private final SimWorld world;
    private final SimNetwork network;
    private final SplittableRandom random;

    Nuisance(SimNode node, Traitor traitor, SimWorld world, SimNetwork network, SplittableRandom random) {
        this.node = node;
        this.traitor = traitor;
        this.world = world;
        this.network = network;
        this.random = random;
    }

    void plan(Timeline timeline, long chaos) {
        for (int i = 0; i < 10; i++) {
            timeline.at(random.nextLong(chaos), this::annoy);
        }
        if (node.treasons.contains(Treason.PROMISING)) {
            timeline.at(0, () -> promise(timeline));
        }
    }

    private void annoy() {
        if (traitor.does(Treason.UNKNOWN_NAMESPACE, 1)) {
            NamespaceName unknown = random.nextBoolean() ? new NamespaceName("secret") : SimPlan.NAMESPACES.get(1);
            askAll(
                    Operation.RECONCILE,
                    unknown,
                    Negentropy.of(new ItemSet()).client().initiate()); // would tell all
        }
        if (node.treasons.contains(Treason.REPLAYED)) {
            network.replay(node);
        }
        if (traitor.does(Treason.OVERSIZED, 2)) {
            askAll(Operation.RECONCILE, NamespaceName.MAIN, Traitor.longSkip());
        }
    }

    private void askAll(Operation operation, NamespaceName namespace, byte[] body) {
        world.peersOf(node)
                .keySet()
                .forEach(to -> network.ask(node, to, random.nextLong(), Request.of(operation, namespace, body)));
    }

    /** Offers to everybody what any honest node has, again and again, and never sends it. */
    private void promise(Timeline timeline) {
        for (NamespaceName namespace : SimPlan.NAMESPACES) {
            if (node.stores.containsKey(namespace.value())) {
                Set<Hash> ids = new LinkedHashSet<>();
                world.honest(namespace).stream()
                        .flatMap(honest -> honest.admitted(namespace.value()).stream())
                        .forEach(record -> ids.add(record.id()));
                if (!ids.isEmpty() && traitor.does(Treason.PROMISING, 1)) {
                    Hash any = ids.iterator().next();
                    Announcement promise = new Announcement(node.policy.id(), any, ids.size(), List.copyOf(ids));
                    world.honest(namespace).stream()
                            .filter(world.peersOf(node)::containsKey)
                            .forEach(to -> network.ask(
                                    node,
                                    to,
                                    random.nextLong(),
                                    Request.of(Operation.ANNOUNCE, namespace, promise.bytes())));
                }
            }
        }
        timeline.at(timeline.now() + PROMISES, () -> promise(timeline));
    }
}
