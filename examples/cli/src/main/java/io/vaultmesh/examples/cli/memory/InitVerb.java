package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.RemembrancerBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh memory init}. */
@Command(
        name = "init",
        description = "Makes a memory with keys of its own, and shows the key that verifies its receipts.",
        footer = {"", "Example:", "  vaultmesh memory init --memory memory --name example.com/memory"})
final class InitVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What it is called for ever: a host name of yours, and path parts.")
    private @Nullable String name;

    @Mixin
    private Output output;

    @Override
    public void run() {
        RemembrancerBuilder builder = Remembrancer.builder(memory.directory());
        if (name != null) {
            builder.name(name);
        }
        try (Remembrancer open = builder.open()) {
            if (!open.created()) {
                throw new IllegalArgumentException(memory.directory() + " holds memory " + open.name()
                        + " already, expected a directory that is absent or empty");
            }
            String origin = open.checkpoint().origin();
            String vkey = open.verifier().toText();
            output.print(
                    JsonObject.builder()
                            .put("memory", open.name())
                            .put("author", open.author())
                            .put("origin", origin)
                            .put("vkey", vkey)
                            .build(),
                    "created   memory " + open.name() + "\nauthor    " + open.author() + "\norigin    " + origin
                            + "\nvkey      " + vkey + "\n");
        }
    }
}
