package io.vaultmesh.examples.cli.scheduler;

import io.vaultmesh.examples.cli.shared.Group;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code vaultmesh scheduler}. */
@Command(name = "scheduler", description = "Anchors checkpoints of a memory where they can't be taken back.")
public final class SchedulerGroup implements Group {
    @Override
    public List<Verb> verbs() {
        return List.of(
                new Verb("run", SchedulerRunVerb.class),
                new Verb("plan", SchedulerPlanVerb.class),
                new Verb("status", SchedulerStatusVerb.class));
    }
}
