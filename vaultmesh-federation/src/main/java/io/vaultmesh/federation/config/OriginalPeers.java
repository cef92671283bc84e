package io.vaultmesh.federation.config;

import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The original system's {@code vmsh/config/peers.yaml} (VaultSovereign/vm-spawn 94cf317): a peer has a name, a URL, roles
 * and perhaps a key, of which its writer never said how it is encoded; nothing was ever verified with it. The namespaces
 * stand in {@code federation.yaml} beside it. What it has no word for may be added in our words.
 */
final class OriginalPeers {

    private static final String KEY = "ed25519:";

    private OriginalPeers() {}

    static boolean isOne(Section root) {
        return !root.has("format")
                && root.sections("peers", "peers: []").stream().anyMatch(peer -> peer.has("did") || peer.has("url"));
    }

    static Peer read(Section section, Path file) {
        section.only("did", "url", "roles", "keys", "identity", "namespaces", "logs");
        String name = section.text("did", "did: \"did:vm:node:vm-spawn-b\"", did -> did);
        List<Role> roles = section.texts("roles", "roles: [announce, serve, request]", PeersYaml::role);
        return PeersYaml.peer(
                section,
                identity(section, name),
                Optional.of(section.text("url", "url: \"https://peer-b.example:8088\"", PeersYaml::address)),
                Set.copyOf(roles),
                namespaces(section, name, file));
    }

    private static PeerId identity(Section section, String name) {
        Section keys = section.section("keys");
        keys.only("verify");
        Set<PeerId> told = new LinkedHashSet<>();
        section.text("identity", PeerId::new).ifPresent(told::add);
        keys.text("verify", OriginalPeers::key).ifPresent(told::add);
        if (name.startsWith("did:key:")) {
            told.add(section.text("did", name, PeerId::new));
        }
        if (told.isEmpty()) {
            throw section.at()
                    .wrong("peer " + Place.shown(name)
                            + " has no key, by which alone it is known here, expected the line"
                            + " \"identity: did:key:z6Mk…\" below \"did\"");
        }
        if (told.size() > 1) {
            throw section.at()
                    .wrong("peer " + Place.shown(name) + " has different keys, expected one: "
                            + told.stream().map(PeerId::did).collect(Collectors.joining(", ")));
        }
        return told.iterator().next();
    }

    /** Hexadecimal and Base64 of 32 bytes differ in length, so that neither is taken for the other. */
    private static PeerId key(String text) {
        String encoded = text.startsWith(KEY) ? text.substring(KEY.length()) : "";
        if (encoded.length() == 2 * Ed25519PublicKey.LENGTH) {
            return PeerId.of(Ed25519PublicKey.of(HexFormat.of().parseHex(encoded)));
        }
        if (encoded.length() == 44) {
            return PeerId.of(Ed25519PublicKey.of(Base64.getDecoder().decode(encoded)));
        }
        throw new IllegalArgumentException(
                "expected ed25519: and the key in 64 hex digits or 44 characters of Base64, or,"
                        + " in place of keys, the line \"identity: did:key:z6Mk…\"");
    }

    private static Set<NamespaceName> namespaces(Section section, String name, Path file) {
        Optional<List<NamespaceName>> own = section.texts("namespaces", FederationYaml::name);
        if (own.isPresent()) {
            return Set.copyOf(own.get());
        }
        Path beside = file.resolveSibling("federation.yaml");
        Set<NamespaceName> names = OriginalFederation.namespacesOf(name, beside);
        if (names.isEmpty()) {
            throw section.at()
                    .wrong("peer " + Place.shown(name) + " is in no namespace of " + beside.getFileName()
                            + " beside this file, expected it there, or the line \"namespaces: [dao:vaultmesh]\" below"
                            + " \"did\"");
        }
        return names;
    }
}
