package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Moment;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.trust.Pin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh trust pin}. */
@Command(
        name = "pin",
        description = "Trusts a key, which came from a source that you trust, from now on or in a window of time.",
        footer = {"", "Example:", "  vaultmesh trust pin --openpgp release.pub.asc --purpose releases --memory memory"})
final class TrustPinVerb implements Runnable {

    @ArgGroup(multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli makes it
    private PinnedKey key;

    @Option(names = "--purpose", required = true, paramLabel = "T", description = "What for, in one line.")
    private String purpose;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "The first moment: a day (UTC), or a time with an offset.")
    private @Nullable Instant from;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            converter = Moment.class,
            description = "The first moment in which it is trusted no longer.")
    private @Nullable Instant until;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Pin pin = key.pin(purpose);
        if (from != null) {
            pin = pin.from(from);
        }
        if (until != null) {
            pin = pin.until(until);
        }
        try (Remembrancer open = memory.open()) {
            Changed.print(output, pin.id(), open.trust().pin(pin));
        }
    }
}
