package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Serving;
import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.remembrancer.Remembrancer;
import java.net.URI;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh federation serve}. */
@Command(
        name = "serve",
        description = "Runs the node: keeps agreeing with its peers, and prints what happens, until it is told to end.",
        footer = {
            "",
            "It ends on SIGTERM and SIGINT. Meanwhile no other process can write the memory.",
            "",
            "Example:",
            "  vaultmesh federation serve --memory memory"
        })
final class FederationServeVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NodeFiles files;

    @Mixin
    private Output output;

    private final Object printing = new Object();

    @Override
    public void run() {
        try (Remembrancer open = memory.open();
                FederationNode node = FederationNode.builder()
                        .memory(open)
                        .config(NodeFiles.existing(files.configFile()))
                        .peers(NodeFiles.existing(files.peersFile()))
                        .onEvent(this::print)
                        .build()) {
            Serving.untilStopped(() -> start(node));
        }
    }

    private void start(FederationNode node) {
        synchronized (printing) { // what happens at once is told after where the node is
            node.start();
            String address = node.address().map(URI::toString).orElse("");
            output.print(
                    JsonObject.builder()
                            .put("address", address)
                            .put("id", node.id().did())
                            .build(),
                    "serving   " + address + "\nid        " + node.id() + "\n");
            output.out().flush();
        }
    }

    private void print(FederationEvent event) {
        String name = event.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String text = EventText.of(event);
        synchronized (printing) {
            output.tell(
                    JsonObject.builder().put("event", name).put("text", text).build(),
                    String.format("%-9s %s%n", name, text));
        }
    }
}
