package io.vaultmesh.examples.cli.spawn;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import io.vaultmesh.examples.cli.shared.Group;
import io.vaultmesh.examples.cli.shared.Names;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Reports;
import io.vaultmesh.spawn.SpawnPlan;
import io.vaultmesh.spawn.SpawnResult;
import io.vaultmesh.spawn.Spawner;
import io.vaultmesh.spawn.Verification;
import io.vaultmesh.spawn.spec.Broker;
import io.vaultmesh.spawn.spec.Feature;
import io.vaultmesh.spawn.spec.Language;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.spec.ServiceType;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code vaultmesh spawn}. */
@Command(
        name = "spawn",
        description = "Creates a service: its files, their manifest and one git commit of them all.",
        footer = {"", "Example:", "  vaultmesh spawn ledger --type api --with-mq nats --verify static"})
public final class SpawnVerb implements Callable<Integer>, Group {

    // arity 0: a verb below may stand in its place
    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The service's name, and that of its directory. Behind -- it may be that of a verb.")
    private @Nullable String name;

    @Option(names = "--description", paramLabel = "T", description = "What the service is for, in one line.")
    private @Nullable String description;

    @Option(names = "--type", paramLabel = "T", description = "service, api, worker, tool or infra. Default: service")
    private @Nullable String type;

    @Option(
            names = "--language",
            paramLabel = "L",
            description =
                    "What it is written in. Default: terraform for infra, else python; nothing else is known yet.")
    private @Nullable String language;

    @Option(
            names = "--with-mcp",
            description = "Adds a server of the Model Context Protocol to a service, api or worker.")
    private boolean mcpServer;

    @Option(
            names = "--with-mq",
            paramLabel = "B",
            description = "Adds events, carried by rabbitmq or nats, to a service, api or worker.")
    private @Nullable String broker;

    @Option(names = "--out", paramLabel = "DIR", description = "Where to make its directory. Default: services")
    private @Nullable Path out;

    @Option(names = "--plan", description = "Writes nothing; shows every file with its SHA-256 hash.")
    private boolean planOnly;

    @Option(
            names = "--verify",
            paramLabel = "V",
            converter = VerificationConverter.class,
            description = "Checks the files (static), and also runs the service's own tests (tests).")
    private @Nullable Verification verification;

    @Spec
    private CommandSpec command;

    @Mixin
    private Output output;

    private static final class VerificationConverter implements ITypeConverter<Verification> {
        @Override
        public Verification convert(String value) {
            return Names.find(Verification.class, value);
        }
    }

    @Override
    public Integer call() {
        if (name == null) {
            throw new ParameterException(command.commandLine(), "Missing required parameter: 'NAME'");
        }
        if (planOnly && verification != null) {
            throw new ParameterException(
                    command.commandLine(), "--verify checks what is made, and --plan makes nothing");
        }
        Spawner.Builder spawner = Spawner.builder();
        if (out != null) {
            spawner.into(out);
        }
        if (verification != null) {
            spawner.verify(verification);
        }
        if (planOnly) {
            print(spawner.build().plan(spec(name)));
            return ExitCode.GOOD;
        }
        SpawnResult service = spawner.build().spawn(spec(name));
        print(service);
        return service.verification().failed() ? ExitCode.REFUTED : ExitCode.GOOD;
    }

    private ServiceSpec spec(String named) {
        ServiceSpec.Builder spec = ServiceSpec.named(named);
        if (description != null) {
            spec.description(description);
        }
        if (type != null) {
            spec.type(ServiceType.of(type));
        }
        if (language != null) {
            spec.language(Language.of(language));
        }
        if (mcpServer) {
            spec.with(Feature.mcpServer());
        }
        if (broker != null) {
            spec.with(Feature.messageQueue(Broker.of(broker)));
        }
        return spec.build();
    }

    private void print(SpawnPlan plan) {
        plan.files()
                .forEach(file -> output.print(
                        JsonObject.builder()
                                .put("path", file.path().value())
                                .put("sha256", file.hash().toString())
                                .put("generator", file.generator())
                                .build(),
                        file.hash() + "  " + file.path() + "\n"));
        output.print(
                JsonObject.builder()
                        .put("files", plan.files().size())
                        .put("manifest", plan.manifest().digest().toString())
                        .build(),
                plan.files().size() + " files planned, manifest "
                        + plan.manifest().digest() + "\n");
    }

    private void print(SpawnResult service) {
        StringBuilder text = new StringBuilder("created   " + service.directory() + "\nmanifest  "
                + service.manifest().digest() + "\ncommit    " + service.commit() + "\n");
        for (Check check : service.verification().checks()) {
            if (check.outcome() != Outcome.PASS) {
                text.append(String.format("%-11s %s: %s\n", check.outcome(), check.name(), check.detail()));
            }
        }
        if (verification != null) {
            text.append("checked   ")
                    .append(service.verification().checks(Outcome.PASS).size())
                    .append(" of ")
                    .append(service.verification().checks().size())
                    .append(" checks passed\n");
        }
        JsonObject.Builder json = JsonObject.builder()
                .put("name", service.spec().name().value())
                .put("directory", service.directory().toString())
                .put("manifest", service.manifest().digest().toString())
                .put("commit", service.commit())
                .put("checks", Reports.checks(service.verification()));
        if (verification != null) {
            json.put("holds", !service.verification().failed());
        }
        if (service.verification().failed()) {
            json.put("reason", Reports.reason(service.verification()));
        }
        output.print(json.build(), text.toString());
    }

    @Override
    public List<Verb> verbs() {
        return List.of(new Verb("drift", DriftVerb.class), new Verb("update", UpdateVerb.class));
    }
}
