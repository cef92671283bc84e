package io.vaultmesh.federation.config;

import static io.vaultmesh.federation.config.ConfigFixture.id;
import static io.vaultmesh.federation.config.ConfigFixture.key;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class PeersFileProperties {

    private static final String NASTY = "\n :-[]{}#&*!|>'\"%@`,?\tax0\u0000\u00ff";

    private Path file;

    @BeforeProperty
    void create() throws IOException {
        file = Files.createTempDirectory("peers").resolve("peers.yaml");
    }

    @AfterProperty
    void delete() throws IOException {
        try (var files = Files.list(file.getParent())) {
            for (Path each : files.toList()) {
                Files.delete(each);
            }
        }
        Files.delete(file.getParent());
    }

    @Provide
    Arbitrary<Peer> peers() {
        Arbitrary<Role> roles = Arbitraries.of(Role.class);
        Arbitrary<NamespaceName> names = Arbitraries.of(
                        "dao:vaultmesh",
                        "no",
                        "on",
                        "0x1f",
                        "1.5",
                        "010",
                        "1:30:59",
                        "true",
                        "null",
                        "a:b:c:d",
                        "2026-11-24")
                .map(NamespaceName::new);
        Arbitrary<String> addresses = Arbitraries.of("https://b.example:8088", "http://[::1]:80", "http://127.0.0.1");
        Arbitrary<String> logNames =
                Arbitraries.strings().ofMinLength(1).ofMaxLength(8).filter(PeersFileProperties::isName);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 8),
                        addresses.optional(),
                        roles.set(),
                        names.set().ofMaxSize(4),
                        Arbitraries.maps(names, logNames).ofMaxSize(2))
                .as((number, address, can, where, logs) -> {
                    Peer peer = address.map(at -> Peer.at(at).identity(id(number)))
                            .orElse(Peer.of(id(number)))
                            .roles(can)
                            .namespaces(where);
                    for (var log : logs.entrySet()) {
                        peer = peer.log(log.getKey(), NoteVerifier.ed25519(log.getValue(), key(number)));
                    }
                    return peer;
                });
    }

    private static boolean isName(String text) {
        try {
            return NoteKeys.requireName(text).equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Property(tries = 50)
    void whatJoinedIsReadAgain(@ForAll("peers") Peer peer, @ForAll("peers") Peer other) {
        PeersFile peers = PeersFile.at(file);
        peers.join(peer);
        peers.join(other);
        List<Peer> seen = peers.read();
        for (Peer one : peer.id().equals(other.id()) ? List.of(other) : List.of(peer, other)) {
            PeersFileTest.assertPeers(
                    List.of(one),
                    seen.stream().filter(each -> each.id().equals(one.id())).toList());
        }
    }

    @Property(tries = 300)
    void whateverIsInTheFileIsReadOrRefused(@ForAll("changes") List<Integer> changes, @ForAll Random random)
            throws IOException {
        byte[] yaml = ConfigFixture.resource("ours/peers.yaml").getBytes(UTF_8);
        for (int at : changes) {
            yaml[at % yaml.length] = (byte) NASTY.charAt(random.nextInt(NASTY.length()));
        }
        Files.write(file, yaml);
        try {
            assertFalse(PeersFile.at(file).read().isEmpty());
        } catch (ConfigException refused) {
            assertFalse(!refused.getMessage().matches("(?s)peers.yaml:[0-9]+:[0-9]+: .+"), refused.getMessage());
        }
    }

    @Provide
    Arbitrary<List<Integer>> changes() {
        return Arbitraries.integers().between(0, 10_000).list().ofMinSize(1).ofMaxSize(4);
    }
}
