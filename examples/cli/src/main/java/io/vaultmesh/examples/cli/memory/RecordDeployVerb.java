package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.remembrancer.memory.Deployment;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh memory record deploy}. */
@Command(name = "deploy", description = "Records that a version was put into service.")
final class RecordDeployVerb implements Runnable {

    @Mixin
    private Recording recording;

    @Option(names = "--component", required = true, paramLabel = "C", description = "What was deployed.")
    private String component;

    @Option(names = "--version", required = true, paramLabel = "V", description = "Which version of it.")
    private String version;

    @Option(
            names = "--artifact",
            required = true,
            paramLabel = "FILE",
            description = "The files that were deployed: they are hashed, not copied.")
    private List<Path> artifacts;

    @Override
    public void run() {
        Deployment deployment = Deployment.of(component, version);
        for (Path artifact : artifacts) {
            deployment = deployment.artifact(artifact);
        }
        recording.record(deployment);
    }
}
