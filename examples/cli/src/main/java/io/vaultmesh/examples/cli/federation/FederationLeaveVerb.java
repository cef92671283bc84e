package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.federation.peer.PeerId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh federation leave}. */
@Command(
        name = "leave",
        description = "Removes a peer from peers.yaml. What came from it stays.",
        footer = {
            "",
            "A node that runs reads the file when it is started again.",
            "",
            "Example:",
            "  vaultmesh federation leave did:key:z6Mk…"
        })
final class FederationLeaveVerb implements Runnable {

    @Parameters(paramLabel = "DID", description = "The peer's identity.")
    private String did;

    @Mixin
    private NodeFiles files;

    @Mixin
    private Output output;

    @Override
    public void run() {
        PeerId id = new PeerId(did);
        files.peers().leave(id);
        output.print(JsonObject.builder().put("left", id.did()).build(), "left      " + id + "\n");
    }
}
