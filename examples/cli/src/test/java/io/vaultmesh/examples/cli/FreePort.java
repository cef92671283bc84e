package io.vaultmesh.examples.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** A port of the loopback address for what can't take any that is free. */
final class FreePort {

    private FreePort() {}

    /** Listened at by nobody when this returns. */
    static int find() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
