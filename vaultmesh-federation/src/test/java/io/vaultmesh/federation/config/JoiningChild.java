package io.vaultmesh.federation.config;

import io.vaultmesh.federation.peer.Peer;
import java.nio.file.Path;

/** A process that has ten peers join a list. */
final class JoiningChild {

    private JoiningChild() {}

    public static void main(String[] arguments) {
        PeersFile peers = PeersFile.at(Path.of(arguments[0]));
        int first = Integer.parseInt(arguments[1]);
        for (int number = first; number < first + 10; number++) {
            peers.join(Peer.of(ConfigFixture.id(number)));
        }
        System.out.println("joined");
    }
}
