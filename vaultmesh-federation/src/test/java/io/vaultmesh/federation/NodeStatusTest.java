package io.vaultmesh.federation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeStatusTest {

    private static final PeerId PEER =
            PeerId.of(Ed25519PrivateKey.ofSeed(new byte[32]).publicKey());

    private static String line(double score) {
        var peer = new NodeStatus.OfPeer(PEER, false, Instant.EPOCH, Optional.empty(), score);
        var hash = Hashing.sha256(new byte[0]);
        var namespace = new NodeStatus.OfNamespace(NamespaceName.MAIN, hash, 0, hash, 0, List.of(peer));
        return new NodeStatus(PEER, Optional.empty(), List.of(namespace))
                .toString()
                .lines()
                .skip(2)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aPeerThatMisbehavesIsShownAsOne() {
        String sound = "    " + PEER + " differs since 1970-01-01T00:00:00Z; not reached yet";
        assertEquals(sound, line(0));
        assertEquals(sound, line(0.04));
        assertEquals(sound + "; misbehaved: score 11.3", line(11.26));
    }
}
