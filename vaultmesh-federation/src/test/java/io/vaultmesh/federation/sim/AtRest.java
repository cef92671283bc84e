package io.vaultmesh.federation.sim;

import io.vaultmesh.federation.merge.Conflict;
import io.vaultmesh.federation.merge.RecordSet;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Whether the honest nodes of a world came to have the same, and what must hold then. */
final class AtRest {

    private final List<SimNode> nodes;

    AtRest(List<SimNode> nodes) {
        this.nodes = nodes;
    }

    /** How the honest nodes differ; empty if they don't. */
    String disagreement() {
        for (NamespaceName namespace : SimPlan.NAMESPACES) {
            SimNode first = null;
            for (SimNode node : honest(namespace)) {
                first = first == null ? node : first;
                RecordSet set = node.sets.get(namespace.value());
                RecordSet firstSet = first.sets.get(namespace.value());
                if (!set.root().equals(firstSet.root())) {
                    return namespace + ": " + first.name + " has " + firstSet + ", " + node.name + " has " + set;
                }
                for (BodyRef body : set.wantedBodies().values()) {
                    if (isAtAnHonestNode(namespace, body)) {
                        return namespace + ": " + node.name + " lacks " + body;
                    }
                }
            }
        }
        return "";
    }

    /** A body that only a Byzantine node has may never come, nor one that has another size than a record says. */
    private boolean isAtAnHonestNode(NamespaceName namespace, BodyRef body) {
        return honest(namespace).stream()
                .map(node -> node.stores.get(namespace.value()).bodies().read(body.digest(), body.size(), 1))
                .anyMatch(afterItsEnd -> afterItsEnd.isPresent() && afterItsEnd.get().length == 0);
    }

    List<SimNode> honest(NamespaceName namespace) {
        return nodes.stream()
                .filter(node -> node.isHonest() && node.stores.containsKey(namespace.value()))
                .toList();
    }

    /** What must hold when nothing goes on any more. */
    void require(Map<SimNode, Map<SimNode, Peer>> peers, Invariants invariants, SimCounters counters) {
        for (NamespaceName namespace : SimPlan.NAMESPACES) {
            Collection<Conflict> conflicts = null;
            for (SimNode node : honest(namespace)) {
                invariants.check(node);
                invariants.checkAcknowledged(node);
                requireBodies(node, namespace);
                Collection<Conflict> here = node.sets.get(namespace.value()).conflicts();
                invariants.checkConflicts(node, namespace.value());
                Invariants.require(
                        conflicts == null || conflicts.equals(here),
                        namespace + ": conflicts at " + node.name + " are " + here + ", elsewhere " + conflicts);
                conflicts = here;
                counters.conflicts(here.size());
            }
        }
        nodes.stream()
                .filter(SimNode::isHonest)
                .forEach(node -> peers.get(node)
                        .keySet()
                        .forEach(peer -> SimPlan.NAMESPACES.forEach(
                                namespace -> invariants.checkSeenLog(node, peer, namespace))));
    }

    private void requireBodies(SimNode node, NamespaceName namespace) {
        for (MemoryRecord record : node.admitted(namespace.value())) {
            BodyRef body = record.predicate().body().orElseThrow();
            Invariants.require(
                    node.stores.get(namespace.value()).bodies().has(body) || !isAtAnHonestNode(namespace, body),
                    node.name + " " + namespace + ": body of " + record.id() + " is not there");
        }
    }
}
