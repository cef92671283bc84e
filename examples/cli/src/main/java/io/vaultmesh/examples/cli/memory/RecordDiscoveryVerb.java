package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Text;
import io.vaultmesh.remembrancer.memory.Discovery;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh memory record discovery}. */
@Command(
        name = "discovery",
        description = "Records that something was found out.",
        footer = {
            "",
            "Example:",
            "  vaultmesh memory record discovery --memory memory --title \"Reads are slow\" --body notes.md"
        })
final class RecordDiscoveryVerb implements Runnable {

    @Mixin
    private Recording recording;

    @Mixin
    private Text text;

    @Mixin
    private Output output;

    @Override
    public void run() {
        recording.record(Discovery.of(text.title(), text.bodyOrTitle()), output);
    }
}
