package io.vaultmesh.examples.cli.scheduler;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.config.Lane;
import io.vaultmesh.scheduler.ops.LaneStatus;
import io.vaultmesh.scheduler.ops.SchedulerSnapshot;
import io.vaultmesh.scheduler.plan.LaneState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code vaultmesh scheduler status}. */
@Command(
        name = "status",
        description = "Shows each lane: the tree size it anchored last and when, what is under way, what failed.",
        footer = {
            "",
            "It reads the memory and its journal, so that no scheduler may be running: one that does says the same at /health"
                    + " (scheduler run --ops).",
            "",
            "Example:",
            "  vaultmesh scheduler status --memory memory --config namespaces.yaml"
        })
final class SchedulerStatusVerb implements Runnable {

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
            var unused = scheduler.preview(); // which looks into the namespaces
            SchedulerSnapshot snapshot = scheduler.snapshot();
            snapshot.lanes().entrySet().stream()
                    .sorted(Comparator.comparing(
                            (Map.Entry<Lane, LaneStatus> each) -> each.getKey().toString()))
                    .forEach(each -> print(each.getKey(), each.getValue()));
        }
    }

    private void print(Lane lane, LaneStatus status) {
        LaneState state = status.state();
        String stage = state.stage().name().toLowerCase(Locale.ROOT);
        String at = status.anchored().map(Instant::toString).orElse("");
        output.print(
                JsonObject.builder()
                        .put("lane", lane.toString())
                        .put("stage", stage)
                        .put("size", state.anchored())
                        .put("at", at)
                        .put("failures", state.failures())
                        .build(),
                String.format(
                        "%s%n  %s%n  %s%n",
                        lane,
                        state.anchored() == 0 ? "never anchored" : "anchored at size " + state.anchored() + ", " + at,
                        stage + (state.failures() == 0 ? "" : ", " + state.failures() + " failures in a row")));
    }
}
