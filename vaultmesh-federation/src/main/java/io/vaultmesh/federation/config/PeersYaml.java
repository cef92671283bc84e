package io.vaultmesh.federation.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code peers.yaml}, read in either form and written in ours. */
final class PeersYaml {

    private static final String HEADER = """
            # Peers of this node (docs/FORMATS.md). When a peer joins or leaves, this is written anew, without comments.
            format: 1
            """;

    private PeersYaml() {}

    static List<Peer> read(Path file) {
        Section root = Section.of("", YamlReader.read(file));
        if (OriginalPeers.isOne(root)) {
            root.only("peers");
            return all(root, peer -> OriginalPeers.read(peer, file));
        }
        return ours(root);
    }

    /** For a change: what the original reads isn't changed into what it doesn't. */
    static List<Peer> readOurs(Path file) {
        Section root = Section.of("", YamlReader.read(file));
        if (OriginalPeers.isOne(root)) {
            throw root.at()
                    .wrong(
                            "the file is in the original's form, which is read only, expected ours: have each of its peers"
                                    + " join another file");
        }
        return ours(root);
    }

    private static List<Peer> ours(Section root) {
        root.only("format", "peers");
        int unused = root.text("format", "format: 1", Scalars::format);
        return all(root, PeersYaml::read);
    }

    private static List<Peer> all(Section root, Function<Section, Peer> read) {
        Map<PeerId, Peer> peers = new LinkedHashMap<>();
        for (Section section : root.sections("peers", "peers: []")) {
            Peer peer = read.apply(section);
            if (peers.putIfAbsent(peer.id(), peer) != null) {
                throw section.at().wrong("peer " + peer.id() + " is there twice");
            }
        }
        return List.copyOf(peers.values());
    }

    private static Peer read(Section section) {
        section.only("identity", "address", "roles", "namespaces", "logs");
        return peer(
                section,
                section.text("identity", "identity: did:key:z6Mk…", PeerId::new),
                section.text("address", PeersYaml::address),
                Set.copyOf(section.texts("roles", "roles: [serve, request]", PeersYaml::role)),
                Set.copyOf(section.texts("namespaces", "namespaces: [dao:vaultmesh]", FederationYaml::name)));
    }

    /** A peer, with what both forms have in common. */
    static Peer peer(
            Section section, PeerId id, Optional<URI> address, Set<Role> roles, Set<NamespaceName> namespaces) {
        return new Peer(
                id, address, roles, namespaces, section.section("logs").all(FederationYaml::name, NoteVerifier::of));
    }

    static URI address(String text) {
        return Peer.at(text).address();
    }

    static Role role(String text) {
        return Scalars.label(Role.class, text);
    }

    /** The bytes of the file, which can be read again. */
    static byte[] write(Collection<Peer> peers) {
        byte[] bytes = text(peers).getBytes(US_ASCII);
        try {
            var unused = ours(Section.of("", YamlReader.parse("peers", bytes)));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("the peers can't be listed: " + e.getMessage(), e);
        }
        return bytes;
    }

    private static String text(Collection<Peer> peers) {
        StringBuilder yaml = new StringBuilder(HEADER);
        yaml.append(peers.isEmpty() ? "peers: []\n" : "peers:\n");
        for (Peer peer : peers) {
            yaml.append("  - identity: ").append(quoted(peer.id().did())).append('\n');
            peer.address().ifPresent(address -> line(yaml, "address: " + quoted(address.toString())));
            line(yaml, "roles: " + list(peer.roles().stream().sorted().map(Scalars::label)));
            line(yaml, "namespaces: " + list(sorted(peer.namespaces())));
            if (!peer.logs().isEmpty()) {
                line(yaml, "logs:");
                peer.logs().entrySet().stream()
                        .sorted(Comparator.comparing(log -> log.getKey().value()))
                        .forEach(log -> line(
                                yaml,
                                "  " + quoted(log.getKey().value()) + ": "
                                        + quoted(log.getValue().toText())));
            }
        }
        return yaml.toString();
    }

    private static void line(StringBuilder yaml, String text) {
        yaml.append("    ").append(text).append('\n');
    }

    private static Stream<String> sorted(Set<NamespaceName> names) {
        return names.stream().map(NamespaceName::value).sorted();
    }

    private static String list(Stream<String> texts) {
        return texts.map(PeersYaml::quoted).collect(Collectors.joining(", ", "[", "]"));
    }

    /** In quotes, or readers that know numbers and truth values would find some; and in ASCII. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').append((char) point);
            } else if (point > ' ' && point < 0x7f) {
                quoted.append((char) point);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08x", point));
            }
        });
        return quoted.append('"').toString();
    }
}
