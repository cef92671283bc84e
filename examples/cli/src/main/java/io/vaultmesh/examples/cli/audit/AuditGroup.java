package io.vaultmesh.examples.cli.audit;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh audit}. */
@Command(name = "audit", description = "Checks a memory.")
public final class AuditGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("verify", AuditVerifyVerb.class),
                new Verb("root", AuditRootVerb.class),
                new Verb("report", AuditReportVerb.class));
    }
}
