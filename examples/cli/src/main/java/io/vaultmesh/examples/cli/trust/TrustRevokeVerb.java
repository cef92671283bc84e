package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Moment;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh trust revoke}. */
@Command(
        name = "revoke",
        description = "Tells that others may have an OpenPGP key: what it signed counts only if a timestamp is older.",
        footer = {"", "Example:", "  vaultmesh trust revoke openpgp:9A… --since 2026-01-02T03:04:05Z --memory memory"})
final class TrustRevokeVerb implements Runnable {

    @Parameters(paramLabel = "PIN", description = "The pin's id, as `trust list` shows it.")
    private String id;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "Since when others may have it: a day (UTC), or a time with an offset. Default: now")
    private @Nullable Instant since;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (Remembrancer open = memory.open()) {
            Changed.print(output, id, open.trust().compromised(id, since == null ? Instant.now() : since));
        }
    }
}
