package io.vaultmesh.examples.cli.trust;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.trust.Pin;
import java.net.URI;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh trust pin-tsa}. */
@Command(
        name = "pin-tsa",
        description = "Fetches the root certificate of a timestamp authority, and trusts it if it is the expected one.",
        footer = {
            "",
            "Example:",
            "  vaultmesh trust pin-tsa https://tsa.example/root.pem --expect AB:CD:… --memory memory"
        })
final class TrustPinTsaVerb implements Runnable {

    @Parameters(paramLabel = "URL", description = "Where the authority shows its root certificate.")
    private URI url;

    @Option(
            names = "--expect",
            required = true,
            paramLabel = "FP",
            description = "Its SHA-256 fingerprint, from another source: 64 hex digits, with or without colons.")
    private String fingerprint;

    @Mixin
    private MemoryOption memory;

    @Mixin
    private Output output;

    @Override
    public void run() {
        Hash expected = Hash.parse(fingerprint.replace(":", "").toLowerCase(Locale.ROOT));
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            throw new IllegalArgumentException("URL is " + url + ", expected one of http or https");
        }
        try (Remembrancer open = memory.open()) { // a memory that isn't there is found before anything is fetched
            TimestampAnchor found = TimestampAnchor.fetch(url);
            if (!found.id().equals(expected)) {
                throw new RefutedException("the certificate at " + url + " is of " + found.name() + " with fingerprint "
                        + found.id() + ", expected " + expected + "; it is not pinned");
            }
            Pin pin = Pin.timestamps(found, "timestamps of " + url.getHost());
            Changed.print(output, pin.id(), open.trust().pin(pin));
        }
    }
}
