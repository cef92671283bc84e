package io.vaultmesh.federation.peer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A peer and what it may do: whatever isn't named here is denied. Immutable and thread-safe.
 *
 * @param id who it is
 * @param roles what it may do, in each of the namespaces
 * @param namespaces where
 * @param logs the keys of its logs by namespace, for those whose tail may be read
 */
public record Peer(PeerId id, Set<Role> roles, Set<NamespaceName> namespaces, Map<NamespaceName, NoteVerifier> logs) {

    /**
     * Creates a peer.
     *
     * @param id who it is
     * @param roles what it may do, in each of the namespaces
     * @param namespaces where
     * @param logs the keys of its logs by namespace, for those whose tail may be read
     */
    public Peer {
        requireNonNull(id, "id");
        roles = Set.copyOf(roles);
        namespaces = Set.copyOf(namespaces);
        logs = Map.copyOf(logs);
    }

    /**
     * Whether the peer has a role in a namespace.
     *
     * @param role the role
     * @param namespace the namespace
     * @return whether it has
     */
    public boolean may(Role role, NamespaceName namespace) {
        return roles.contains(role) && namespaces.contains(namespace);
    }

    /**
     * The key of the peer's log.
     *
     * @param namespace the namespace
     * @return the key; empty if it isn't configured
     */
    public Optional<NoteVerifier> log(NamespaceName namespace) {
        return Optional.ofNullable(logs.get(namespace));
    }
}
