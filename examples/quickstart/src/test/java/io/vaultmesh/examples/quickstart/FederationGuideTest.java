package io.vaultmesh.examples.quickstart;

import static io.vaultmesh.federation.peer.Role.ANNOUNCE;
import static io.vaultmesh.federation.peer.Role.PUSH;
import static io.vaultmesh.federation.peer.Role.REQUEST;
import static io.vaultmesh.federation.peer.Role.SERVE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/FEDERATION.md. */
class FederationGuideTest {

    @TempDir
    Path directory;

    @Test
    void showsTheExamplesAsTheyAreRun() throws IOException {
        String guide = Files.readString(QuickstartTest.REPOSITORY.resolve("docs/FEDERATION.md"));
        String source = Files.readString(QuickstartTest.REPOSITORY.resolve(
                "examples/quickstart/src/test/java/io/vaultmesh/examples/quickstart/FederationGuideTest.java"));
        assertEquals(QuickstartTest.region(source, "node"), QuickstartTest.block(guide, "federation-node"));
        assertEquals(QuickstartTest.region(source, "files"), QuickstartTest.block(guide, "federation-files"));
    }

    @Test
    void aNodeSharesItsMemoryWithAPeer() throws IOException {
        Path home = directory.resolve("ours");
        try (Remembrancer theirs = Remembrancer.open(directory.resolve("theirs"))) {
            theirs.record(Discovery.of("theirs", "found at the peer"));
            FederationNode there;
            try (Remembrancer memory = Remembrancer.open(home)) {
                there = FederationNode.builder()
                        .memory(theirs)
                        .listen("127.0.0.1", 0)
                        .peer(Peer.of(PeerId.of(memory.exposeTransportKey().publicKey()))
                                .roles(ANNOUNCE, REQUEST, PUSH)
                                .namespaces("main"))
                        .build();
            }
            try (there) {
                there.start();
                String peer = there.id().did();
                URI address = there.address().orElseThrow();
                // region node
                try (Remembrancer memory = Remembrancer.open(home);
                        FederationNode node = FederationNode.builder()
                                .memory(memory)
                                .listen("127.0.0.1", 0) // any port that is free
                                .peer(Peer.at(address) // https://peer-b.example:8088
                                        .identity(peer) // did:key:z6Mk…
                                        .roles(ANNOUNCE, SERVE, REQUEST, PUSH)
                                        .namespaces("main"))
                                .onEvent(System.out::println)
                                .build()) {
                    node.start(); // from now on each side tells the other what is new
                    memory.record(Discovery.of("ours", "found here"));
                    node.sync(peer).orThrow(); // or now; throws unless both have the same then
                    System.out.println(node.status()); // root, size, and who agrees since when
                }
                // endregion
            }
            assertEquals(2, theirs.namespace("main").size());
        }
    }

    @Test
    void aNodeIsDescribedByFiles() throws IOException {
        Path federation = Files.writeString(
                directory.resolve("federation.yaml"),
                "format: 1\nlisten: {host: 127.0.0.1, port: 1}\nnamespaces: [\"dao:vaultmesh\"]\n");
        Path peers = Files.writeString(directory.resolve("peers.yaml"), "format: 1\npeers: []\n");
        try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
            // region files
            FederationNode node = FederationNode.builder()
                    .memory(memory)
                    .config(federation) // federation.yaml
                    .peers(peers) // peers.yaml; who joins or leaves does so there too
                    .build();
            // endregion
            try (node) {
                assertEquals(PeerId.of(memory.exposeTransportKey().publicKey()), node.id());
            }
        }
    }
}
