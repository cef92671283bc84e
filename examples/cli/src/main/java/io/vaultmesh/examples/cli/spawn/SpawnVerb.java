package io.vaultmesh.examples.cli.spawn;

import io.vaultmesh.spawn.SpawnPlan;
import io.vaultmesh.spawn.SpawnResult;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vaultmesh spawn}. */
@Command(name = "spawn", description = "Creates a service: its files, their manifest and one git commit of them all.")
public final class SpawnVerb implements Runnable {

    @Parameters(paramLabel = "NAME", description = "The service's name, and that of its directory.")
    private String name;

    @Option(names = "--description", paramLabel = "T", description = "What the service is for, in one line.")
    private @Nullable String description;

    @Option(names = "--type", paramLabel = "T", description = "service, api or worker. Default: service")
    private @Nullable String type;

    @Option(names = "--with-mcp", description = "Adds a server of the Model Context Protocol.")
    private boolean mcpServer;

    @Option(names = "--with-mq", paramLabel = "B", description = "Adds events, carried by rabbitmq or nats.")
    private @Nullable String broker;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to make its directory. Default: services")
    private @Nullable Path out;

    @Option(names = "--plan", description = "Writes nothing; shows every file with its SHA-256 hash.")
    private boolean planOnly;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        ServiceSpec.Builder spec = ServiceSpec.named(name);
        if (description != null) {
            spec.description(description);
        }
        if (type != null) {
            spec.type(ServiceType.of(type));
        }
        if (mcpServer) {
            spec.with(Feature.mcpServer());
        }
        if (broker != null) {
            spec.with(Feature.messageQueue(Broker.of(broker)));
        }
        Spawner.Builder spawner = Spawner.builder();
        if (out != null) {
            spawner.into(out);
        }
        PrintWriter stdout = command.commandLine().getOut();
        if (planOnly) {
            print(spawner.build().plan(spec.build()), stdout);
        } else {
            print(spawner.build().spawn(spec.build()), stdout);
        }
    }

    private static void print(SpawnPlan plan, PrintWriter stdout) {
        plan.files().forEach(file -> stdout.println(file.hash() + "  " + file.path()));
        stdout.println(plan.files().size() + " files planned, manifest "
                + plan.manifest().digest());
    }

    private static void print(SpawnResult service, PrintWriter stdout) {
        stdout.println("created   " + service.directory());
        stdout.println("manifest  " + service.manifest().digest());
        stdout.println("commit    " + service.commit());
    }
}
