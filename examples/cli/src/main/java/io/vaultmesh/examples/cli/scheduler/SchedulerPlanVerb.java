package io.vaultmesh.examples.cli.scheduler;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.plan.Plan;
import java.time.Duration;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh scheduler plan}. */
@Command(
        name = "plan",
        description = "Shows what would be anchored now, and what wouldn't, and why. Nothing is sent.",
        footer = {"", "Example:", "  vaultmesh scheduler plan --memory memory --config namespaces.yaml"})
final class SchedulerPlanVerb implements Runnable {

    @Mixin
    private SchedulerFiles files;

    @Mixin
    private Output output;

    @Override
    public void run() {
        try (Remembrancer open = files.open();
                Scheduler scheduler = files.builder(open, event -> ConfigText.complain(output, event))
                        .spread(Duration.ZERO)
                        .build()) {
            Plan plan = scheduler.preview();
            plan.steps().forEach(step -> print(step.act().name(), step.lane().toString()));
            plan.skips().forEach(skip -> print(skip.reason().name(), skip.lane().toString()));
        }
    }

    private void print(String what, String lane) {
        String name = what.toLowerCase(Locale.ROOT).replace('_', '-');
        output.print(
                JsonObject.builder().put("lane", lane).put("what", name).build(),
                String.format("%-14s %s%n", name, lane));
    }
}
