package io.vaultmesh.examples.cli.log;

import com.sun.net.httpserver.HttpServer;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.LogStore;
import io.vaultmesh.examples.cli.shared.Output;
import io.vaultmesh.examples.cli.shared.Serving;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code vaultmesh log serve}. */
@Command(
        name = "serve",
        description = "Shows a log's checkpoint and tiles over HTTP on the loopback address, until it is told to end.",
        footer = {
            "",
            "It ends on SIGTERM and SIGINT. Its writer may append meanwhile. Any web server that shows the directory",
            "does the same for the world.",
            "",
            "Example:",
            "  vaultmesh log serve builds --port 8080"
        })
final class LogServeVerb implements Runnable {

    private static final int THREADS = 4;
    private static final int LAST_PORT = 65_535;

    @Parameters(paramLabel = "DIR", description = "The log's directory.")
    private Path directory;

    @Option(names = "--port", paramLabel = "N", defaultValue = "0", description = "Default: any that is free")
    private int port;

    @Mixin
    private Output output;

    @Override
    public void run() {
        LogPlace.requireLog(directory);
        if (port < 0 || port > LAST_PORT) {
            throw new IllegalArgumentException("--port is " + port + ", expected 0 to " + LAST_PORT);
        }
        HttpServer server = listen();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            var unused = server.createContext("/", new PublishedFiles(LogStore.directory(directory)));
            server.setExecutor(threads);
            server.start();
            String address = "http://" + server.getAddress().getHostString() + ":"
                    + server.getAddress().getPort() + "/";
            Serving.untilStopped(() -> {
                output.print(JsonObject.builder().put("address", address).build(), "serving   " + address + "\n");
                output.out().flush();
            });
        } finally {
            server.stop(0);
            var unused = threads.shutdownNow();
        }
    }

    private HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("can't listen on port " + port + ": " + e.getMessage(), e);
        }
    }
}
