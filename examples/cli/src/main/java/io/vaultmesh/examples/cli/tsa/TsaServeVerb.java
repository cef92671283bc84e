package io.vaultmesh.examples.cli.tsa;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Serving;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh tsa serve}. */
@Command(
        name = "serve",
        description = "Runs a timestamp authority FOR DEVELOPMENT on a free port of the loopback address.",
        footer = {
            "",
            "Its timestamps prove nothing to anybody else: whoever runs it sets its clock, and it stamps whatever it is",
            "asked. A GET gives its root certificate, which `trust pin-tsa` pins. It ends on SIGTERM and SIGINT.",
            "",
            "Example:",
            "  vaultmesh tsa serve --dir tsa"
        })
final class TsaServeVerb implements Runnable {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where its keys are kept, so that a pin outlasts a restart. Default: nowhere")
    private @Nullable Path directory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        InstantSource clock = InstantSource.system();
        TimestampAuthority authority =
                directory == null ? TimestampAuthority.create(clock) : TimestampAuthority.open(directory, clock);
        String root = authority.anchor().id().toString();
        try (TimestampEndpoint endpoint = authority.serve()) {
            Serving.untilStopped(() -> tellWhere(endpoint.uri(), root));
        }
    }

    private void tellWhere(URI address, String root) {
        output.print(
                JsonObject.builder()
                        .put("address", address.toString())
                        .put("root", root)
                        .put("policy", TimestampAuthority.POLICY)
                        .put("development", true)
                        .build(),
                "serving   " + address + "\nroot      " + root + "\npolicy    " + TimestampAuthority.POLICY
                        + "\nnote      for development only: these timestamps prove nothing to anybody else\n");
        output.out().flush();
    }
}
