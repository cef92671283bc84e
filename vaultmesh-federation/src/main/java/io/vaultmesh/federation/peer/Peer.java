package io.vaultmesh.federation.peer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A peer and what it may do: whatever isn't named is denied, so that a peer without roles or namespaces may do nothing.
 * Immutable and thread-safe; each method that sets something gives another peer.
 *
 * <pre>{@code
 * Peer.at("https://peer-b.example:8088").identity("did:key:z6Mk…").roles(SERVE, REQUEST).namespaces("dao:vaultmesh")
 * }</pre>
 *
 * @param id who it is
 * @param address where it is asked, as {@code http(s)://host:port} in lower case; empty if it only asks
 * @param roles what it may do, in each of its namespaces
 * @param namespaces where it may do that
 * @param logs the keys of its logs by namespace, for those whose tail may be read
 */
public record Peer(
        PeerId id,
        Optional<URI> address,
        Set<Role> roles,
        Set<NamespaceName> namespaces,
        Map<NamespaceName, NoteVerifier> logs) {

    /**
     * Creates a peer; the methods of this class read better.
     *
     * @param id who it is
     * @param address where it is asked, as {@code http(s)://host:port} in lower case; empty if it only asks
     * @param roles what it may do, in each of its namespaces
     * @param namespaces where it may do that
     * @param logs the keys of its logs by namespace, for those whose tail may be read
     */
    public Peer {
        requireNonNull(id, "id");
        requireNonNull(address, "address");
        roles = Set.copyOf(roles);
        namespaces = Set.copyOf(namespaces);
        logs = Map.copyOf(logs);
    }

    /**
     * A peer that can be asked.
     *
     * @param address where, as {@code https://host:port}; a name is resolved when it is asked
     * @return what still needs an identity
     * @throws IllegalArgumentException if it is not such an address
     */
    public static At at(String address) {
        return at(URI.create(address));
    }

    /**
     * A peer that can be asked.
     *
     * @param address where, as {@code https://host:port}; a name is resolved when it is asked
     * @return what still needs an identity
     * @throws IllegalArgumentException if it is not such an address
     */
    public static At at(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        boolean bare = address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && (address.getRawPath() == null || address.getRawPath().matches("/?"));
        if (!(scheme.equals("http") || scheme.equals("https")) || address.getHost() == null || !bare) {
            throw new IllegalArgumentException("address is " + address + ", expected http(s)://host:port and no more");
        }
        return new At(URI.create(scheme + "://" + address.getRawAuthority().toLowerCase(Locale.ROOT)));
    }

    /**
     * A peer that asks, and can't be asked.
     *
     * @param id who it is
     * @return the peer, which may do nothing yet
     */
    public static Peer of(PeerId id) {
        return new Peer(id, Optional.empty(), Set.of(), Set.of(), Map.of());
    }

    /**
     * A peer's address, which says nothing of who answers there.
     *
     * @param address the address
     */
    public record At(URI address) {

        /**
         * Says who must answer there.
         *
         * @param did the did:key of its transport key
         * @return the peer, which may do nothing yet
         * @throws IllegalArgumentException if it is not the canonical did:key of an Ed25519 key
         */
        public Peer identity(String did) {
            return identity(new PeerId(did));
        }

        /**
         * Says who must answer there.
         *
         * @param id who
         * @return the peer, which may do nothing yet
         */
        public Peer identity(PeerId id) {
            return new Peer(id, Optional.of(address), Set.of(), Set.of(), Map.of());
        }
    }

    /**
     * Gives the peer roles, in place of those it had.
     *
     * @param given what it may do, in each of its namespaces
     * @return the peer with them
     */
    public Peer roles(Role... given) {
        return roles(Set.of(given));
    }

    /**
     * Gives the peer roles, in place of those it had.
     *
     * @param given what it may do, in each of its namespaces
     * @return the peer with them
     */
    public Peer roles(Set<Role> given) {
        return new Peer(id, address, given, namespaces, logs);
    }

    /**
     * Gives the peer namespaces, in place of those it had.
     *
     * @param names where it may do what its roles allow
     * @return the peer with them
     * @throws IllegalArgumentException if one is no name of a namespace
     */
    public Peer namespaces(String... names) {
        return namespaces(Arrays.stream(names).map(NamespaceName::new).collect(Collectors.toSet()));
    }

    /**
     * Gives the peer namespaces, in place of those it had.
     *
     * @param names where it may do what its roles allow
     * @return the peer with them
     */
    public Peer namespaces(Set<NamespaceName> names) {
        return new Peer(id, address, roles, names, logs);
    }

    /**
     * Names the key of the peer's log, so that the tail of the log may be read.
     *
     * @param namespace the namespace of the log
     * @param key the log's public key
     * @return the peer with it
     */
    public Peer log(NamespaceName namespace, NoteVerifier key) {
        Map<NamespaceName, NoteVerifier> more = new HashMap<>(logs);
        more.put(namespace, key);
        return new Peer(id, address, roles, namespaces, more);
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

    /** One line for people. */
    @Override
    public String toString() {
        return id + address.map(at -> " at " + at).orElse("") + " may " + new TreeSet<>(roles) + " in " + namespaces;
    }
}
