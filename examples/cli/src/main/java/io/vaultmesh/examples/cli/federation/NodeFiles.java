package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.examples.cli.shared.InputFile;
import io.vaultmesh.federation.config.FederationConfig;
import io.vaultmesh.federation.config.PeersFile;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --dir DIR}: where {@code federation.yaml} and {@code peers.yaml} are. */
final class NodeFiles {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where federation.yaml and peers.yaml are. Default: the working directory")
    private Path directory;

    Path directory() {
        return directory;
    }

    Path configFile() {
        return directory.resolve("federation.yaml");
    }

    Path peersFile() {
        return directory.resolve("peers.yaml");
    }

    FederationConfig config() {
        return FederationConfig.read(existing(configFile()));
    }

    PeersFile peers() {
        return PeersFile.at(existing(peersFile()));
    }

    /** A file that `federation init` makes. */
    static Path existing(Path file) {
        return InputFile.existing(file, "the file that `federation init` makes; --dir says where it is");
    }
}
