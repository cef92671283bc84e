package io.vaultmesh.federation.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.federation.config.ConfigException;
import io.vaultmesh.federation.config.FederationConfig;
import io.vaultmesh.federation.config.PeersFile;
import io.vaultmesh.federation.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An operator's file is refused with file, line and column, or read, each peer once. */
class ConfigFuzz {

    private static final Path DIRECTORY = directory();
    private static final Path FEDERATION = DIRECTORY.resolve("federation.yaml");
    private static final Path PEERS = DIRECTORY.resolve("peers.yaml");
    private static final String REFUSAL = "(?s)(federation|peers)[.]yaml:[0-9]+:[0-9]+: .+";

    private static Path directory() {
        try {
            return Files.createTempDirectory("config");
        } catch (IOException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @FuzzTest
    void parse(byte[] yaml) throws IOException {
        Files.write(FEDERATION, yaml);
        Files.write(PEERS, yaml);
        try {
            FederationConfig config = FederationConfig.read(FEDERATION);
            assertTrue(config.listen().port() > 0, "a port");
        } catch (ConfigException refused) {
            assertTrue(refused.getMessage().matches(REFUSAL), refused.getMessage());
        }
        try {
            List<Peer> peers = PeersFile.at(PEERS).read();
            assertEquals(peers.size(), peers.stream().map(Peer::id).distinct().count());
        } catch (ConfigException refused) {
            assertTrue(refused.getMessage().matches(REFUSAL), refused.getMessage());
        }
    }
}
