package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Progress;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import picocli.CommandLine.Mixin;

/** What the verbs that audit have in common. */
final class Audit {

    @Mixin
    private MemoryOption memory;

    Report run(Output output) {
        try (Progress progress = Progress.of("checked", output);
                Remembrancer open = memory.open()) {
            return open.verifyAudit(
                    AuditOptions.defaults().progress((namespace, checked, total) -> progress.tell(checked, total)));
        }
    }
}
