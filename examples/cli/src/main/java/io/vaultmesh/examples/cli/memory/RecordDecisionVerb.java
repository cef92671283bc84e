package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.examples.cli.shared.Text;
import io.vaultmesh.remembrancer.memory.Decision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh memory record decision}. */
@Command(
        name = "decision",
        description = "Records a decision: the body has the headings Context, Decision and Consequences, each as ## .")
final class RecordDecisionVerb implements Runnable {

    @Mixin
    private Recording recording;

    @Mixin
    private Text text;

    @Override
    public void run() {
        AdrText adr = AdrText.parse(text.file());
        recording.record(Decision.of(text.title(), adr.context(), adr.decision(), adr.consequences()));
    }
}
