package io.vaultmesh.examples.cli.memory;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.remembrancer.memory.Deployment;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh memory record deploy}. */
@Command(
        name = "deploy",
        description = "Records that a version was put into service.",
        footer = {
            "",
            "Example:",
            "  vaultmesh memory record deploy --memory memory --component ledger --version 1.4.0 --artifact ledger.jar"
        })
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
            arity = "1..*",
            paramLabel = "FILE",
            description = "The files that were deployed: they are hashed, not copied.")
    private List<Path> artifacts;

    @Option(
            names = "--sha256",
            arity = "1..*",
            paramLabel = "HEX",
            description = "The hash that each file must have, in the order of the files.")
    private List<String> expected = List.of();

    @Option(names = "--environment", paramLabel = "E", description = "Where it was deployed, such as production.")
    private @Nullable String environment;

    @Mixin
    private Output output;

    @Override
    public void run() {
        if (!expected.isEmpty() && expected.size() != artifacts.size()) {
            throw new IllegalArgumentException("--sha256 has " + expected.size() + " hashes for " + artifacts.size()
                    + " files, expected one each");
        }
        Deployment deployment = Deployment.of(component, version);
        Map<String, Path> names = new HashMap<>();
        for (int i = 0; i < artifacts.size(); i++) {
            Path file = artifacts.get(i);
            String name = String.valueOf(
                    InputFile.existing(file).toAbsolutePath().normalize().getFileName());
            Path other = names.put(name, file);
            if (other != null) {
                throw new IllegalArgumentException(
                        "--artifact names " + other + " and " + file + ", which are both called " + name
                                + "; expected different names, by which the record tells them apart");
            }
            deployment = deployment.artifact(name, hash(i));
        }
        recording.record(environment == null ? deployment : deployment.environment(environment), output);
    }

    /** The hash that is recorded is the one that was compared: the file isn't read twice. */
    private Hash hash(int i) {
        Hash hash = Hashing.sha256(artifacts.get(i));
        if (!expected.isEmpty() && !Hash.parse(expected.get(i)).equals(hash)) {
            throw new RefutedException(artifacts.get(i) + " has the SHA-256 hash " + hash + ", expected "
                    + expected.get(i) + " as --sha256 says; nothing is recorded");
        }
        return hash;
    }
}
