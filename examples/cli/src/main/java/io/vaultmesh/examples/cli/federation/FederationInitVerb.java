package io.vaultmesh.examples.cli.federation;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.examples.cli.shared.MemoryOption;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.OutputFile;
import io.vaultmesh.federation.config.ConfigException;
import io.vaultmesh.federation.config.FederationConfig;
import io.vaultmesh.federation.config.Listen;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code vaultmesh federation init}. */
@Command(
        name = "init",
        description = "Writes federation.yaml and an empty peers.yaml, and shows what peers need to know of this node.",
        footer = {"", "Example:", "  vaultmesh federation init --memory memory --port 8088 --namespace main"})
final class FederationInitVerb implements Runnable {

    @Mixin
    private MemoryOption memory;

    @Mixin
    private NodeFiles files;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = "Where to listen. Default: the loopback address")
    private String host;

    @Option(names = "--port", paramLabel = "N", defaultValue = "8088", description = "Default: 8088")
    private int port;

    @Option(
            names = "--name",
            paramLabel = "HOST:PORT",
            description = "What peers have as its address. Default: host and port")
    private List<String> names = List.of();

    @Option(
            names = "--namespace",
            paramLabel = "NS",
            description = "What is shared; several may be given. Default: main")
    private List<String> namespaces = List.of("main");

    @Mixin
    private Output output;

    @Override
    public void run() {
        String config = config(new Listen(host, port));
        for (Path file : List.of(files.configFile(), files.peersFile())) {
            if (Files.exists(file)) { // or one would be there without the other
                throw new UncheckedIOException(
                        file + " exists, expected a new file", new FileAlreadyExistsException(file.toString()));
            }
        }
        PeerId id;
        try (Remembrancer open = memory.open()) {
            id = PeerId.of(open.exposeTransportKey().publicKey());
        }
        write(config);
        OutputFile.write("format: 1\npeers: []\n".getBytes(StandardCharsets.UTF_8), files.peersFile());
        output.print(
                JsonObject.builder()
                        .put("id", id.did())
                        .put("config", files.configFile().toString())
                        .put("peers", files.peersFile().toString())
                        .build(),
                "id        " + id + "\nwritten   " + files.configFile() + "\nwritten   " + files.peersFile() + "\n");
    }

    private String config(Listen listen) {
        List<String> shared =
                namespaces.stream().map(name -> new NamespaceName(name).value()).toList();
        return "format: 1\nlisten: {host: " + quoted(listen.host()) + ", port: " + listen.port() + "}\n"
                + (names.isEmpty() ? "" : "names: " + list(names) + "\n")
                + "namespaces: " + list(shared) + "\n";
    }

    private static String list(List<String> texts) {
        return yaml(JsonArray.ofStrings(texts));
    }

    private static String quoted(String text) {
        return yaml(new JsonString(text));
    }

    /** JSON is YAML. */
    private static String yaml(JsonValue value) {
        return new String(CanonicalJson.encode(value), StandardCharsets.UTF_8);
    }

    private void write(String config) {
        OutputFile.write(config.getBytes(StandardCharsets.UTF_8), files.configFile());
        try {
            FederationConfig unused = files.config();
        } catch (ConfigException e) {
            delete();
            throw e;
        }
    }

    private void delete() {
        try {
            Files.delete(files.configFile());
        } catch (IOException e) {
            throw new UncheckedIOException("can't delete " + files.configFile() + ": " + e.getMessage(), e);
        }
    }
}
