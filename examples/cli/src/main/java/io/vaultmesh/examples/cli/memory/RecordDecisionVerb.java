package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Text;
import io.vaultmesh.remembrancer.memory.Decision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh memory record decision}. */
@Command(
        name = "decision",
        description = "Records a decision, whose body has the headings ## Context, ## Decision and ## Consequences.",
        footer = {
            "",
            "Example:",
            "  vaultmesh memory record decision --memory memory --title \"Use PostgreSQL\" --body adr.md"
        })
final class RecordDecisionVerb implements Runnable {

    @Mixin
    private Recording recording;

    @Mixin
    private Text text;

    @Mixin
    private Output output;

    @Override
    public void run() {
        AdrText adr = text.body()
                .map(body -> AdrText.parse(text.bodyName(), body))
                .orElseGet(() -> new AdrText("Not stated.", text.title(), "Not stated."));
        recording.record(Decision.of(text.title(), adr.context(), adr.decision(), adr.consequences()), output);
    }
}
