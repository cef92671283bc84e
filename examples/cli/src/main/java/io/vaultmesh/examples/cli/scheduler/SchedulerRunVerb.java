package io.vaultmesh.examples.cli.scheduler;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Serving;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.scheduler.ConfigEvent;
import io.vaultmesh.scheduler.LaneEvent;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.ops.OpsServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh scheduler run}. */
@Command(
        name = "run",
        description = "Anchors on time, and prints what happens, until it is told to end.",
        footer = {
            "",
            "It ends on SIGTERM and SIGINT; what is under way then is taken up by the next run. Meanwhile no other process can"
                    + " write the memory.",
            "",
            "Example:",
            "  vaultmesh scheduler run --memory memory --config namespaces.yaml"
        })
final class SchedulerRunVerb implements Runnable {

    @Mixin
    private SchedulerFiles files;

    @Option(
            names = "--ops",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "The port of the loopback address for /health, /livez and /readyz. Default: any that is free")
    private int port;

    @Option(names = "--at-once", description = "Begins all lanes at once, instead of spread over a minute.")
    private boolean atOnce;

    @Mixin
    private Output output;

    private final Object printing = new Object();
    private final List<ConfigEvent> early =
            new ArrayList<>(); // what happens while it is built is told after the address
    private boolean serving; // guarded by printing

    @Override
    public void run() {
        try (Remembrancer open = files.open();
                Scheduler scheduler = files.builder(open, this::tell)
                        .spread(atOnce ? Duration.ZERO : Duration.ofMinutes(1))
                        .listener(this::print)
                        .build();
                OpsServer ops = OpsServer.of(scheduler::snapshot).port(port).open()) {
            Serving.untilStopped(() -> {
                tellWhere(ops);
                scheduler.start();
            });
        }
    }

    private void tellWhere(OpsServer ops) {
        String address = "http://127.0.0.1:" + ops.address().getPort();
        synchronized (printing) {
            output.print(JsonObject.builder().put("address", address).build(), "serving   " + address + "\n");
            output.out().flush();
            serving = true;
            early.forEach(this::print);
        }
    }

    private void print(LaneEvent event) {
        if (event.what() != LaneEvent.What.SKIPPED) { // that nothing is new is said every time
            print(
                    event.what().name().toLowerCase(Locale.ROOT),
                    event.lane().toString(),
                    event.lane() + " " + event.detail());
        }
    }

    private void tell(ConfigEvent event) {
        synchronized (printing) {
            if (serving) {
                print(event);
            } else {
                early.add(event);
            }
        }
    }

    private void print(ConfigEvent event) {
        print(ConfigText.name(event), "", event.detail());
    }

    private void print(String name, String lane, String text) {
        JsonObject.Builder json =
                JsonObject.builder().put("event", name).put("lane", lane).put("text", text);
        synchronized (printing) { // events come from several threads
            output.tell(json.build(), String.format("%-9s %s%n", name, text));
        }
    }
}
