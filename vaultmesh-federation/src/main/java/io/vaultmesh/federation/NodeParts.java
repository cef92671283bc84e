package io.vaultmesh.federation;

import io.vaultmesh.federation.config.PeersFile;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.PeerLogs;
import io.vaultmesh.federation.protocol.Settings;
import io.vaultmesh.federation.transport.Transport;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * What a node is made of.
 *
 * @param memory whose namespaces are shared
 * @param id who the node is
 * @param transport how it reaches peers
 * @param guard what each peer may use up
 * @param namespaces what is shared
 * @param policies the policies that were given, and don't come from the memory
 * @param peers the peers at the beginning
 * @param peersFile where peers are kept that join and leave; empty if nowhere
 * @param logs what was seen of peers' logs
 * @param settings how it takes part
 * @param clock the time
 * @param listeners who is told of events
 */
record NodeParts(
        Remembrancer memory,
        PeerId id,
        Transport transport,
        Guard guard,
        SortedSet<NamespaceName> namespaces,
        Map<NamespaceName, AdmissionPolicy> policies,
        List<Peer> peers,
        Optional<PeersFile> peersFile,
        PeerLogs logs,
        Settings settings,
        InstantSource clock,
        List<Consumer<FederationEvent>> listeners) {}
