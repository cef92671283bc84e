package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchedulerVerbsTest {

    @TempDir
    Path directory;

    private Path memory;
    private Path config;

    @BeforeEach
    void write() throws IOException {
        memory = directory.resolve("memory");
        Run.deploy(memory, Files.writeString(directory.resolve("artifact"), "artifact"));
        config = Files.writeString(
                directory.resolve("namespaces.yaml"),
                "namespaces: {main: {cadence: {fast: {every: 1h, target: \"file:usb\"}}}}");
        Files.writeString(directory.resolve("anchors.yaml"), "file: {usb: {path: published}}");
    }

    private Run run(String verb, Object... more) {
        Object[] args = new Object[6 + more.length];
        System.arraycopy(new Object[] {"scheduler", verb, "--memory", memory, "--config", config}, 0, args, 0, 6);
        System.arraycopy(more, 0, args, 6, more.length);
        return Run.of(args);
    }

    @Test
    void anchorsUntilItIsStopped() throws Exception {
        assertEquals("anchor         main/fast/file:usb\n", run("plan").good().out());
        assertTrue(run("status").good().out().contains("never anchored"));
        try (Running running = Running.of("scheduler", "run", "--memory", memory, "--config", config, "--at-once")) {
            String address = running.value("serving");
            running.value("final");
            HttpResponse<String> health = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(address + "/health"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            assertEquals(200, health.statusCode(), health.body());
        }
        assertEquals(1, Files.readAllLines(directory.resolve("published")).size());
        assertEquals("", run("plan").good().out(), "its tick was served");
        JsonObject status =
                Expect.members(Expect.json(run("status", "--json")), "lane", "stage", "size", "at", "failures");
        assertEquals("main/fast/file:usb", status.string("lane"));
        assertEquals("idle", status.string("stage"));
        assertEquals(1, status.integer("size"));
    }

    @Test
    void goesOnAndSaysSoWhereTheDiskIsFull() throws Exception {
        CountDownLatch said = new CountDownLatch(1);
        Writer disk = new StringWriter() {
            @Override
            public void flush() {
                if (toString().lines().count() > 1) { // there is room for the address
                    throw new UncheckedIOException("can't write to the standard output: full", new IOException("full"));
                }
            }
        };
        StringWriter messages = new StringWriter() {
            @Override
            public void flush() {
                said.countDown();
            }
        };
        AtomicInteger code = new AtomicInteger(-1);
        Thread server = new Thread(() -> code.set(Vaultmesh.run(
                new PrintWriter(disk),
                new PrintWriter(messages),
                false,
                "scheduler",
                "run",
                "--memory",
                memory.toString(),
                "--config",
                config.toString(),
                "--at-once")));
        server.start();
        assertTrue(said.await(30, TimeUnit.SECONDS), disk.toString());
        server.interrupt();
        server.join(30_000);
        assertEquals(ExitCode.GOOD, code.get());
        assertTrue(
                messages.toString().startsWith("vaultmesh: can't write to the standard output: full"), "" + messages);
    }

    @Test
    void plansAsJson() {
        JsonObject step = Expect.members(Expect.json(run("plan", "--json")), "lane", "what");
        assertEquals("anchor", step.string("what"));
    }

    @Test
    void refusesFilesThatAreAbsentOrMakeNoSense() throws IOException {
        Expect.contains(
                run("plan", "--anchors", directory.resolve("none.yaml"))
                        .failed(2)
                        .err(),
                "none.yaml is not there, expected a file; --anchors says where it is");
        Files.writeString(config, "namespaces: {main: {cadences: {}}}");
        Expect.contains(run("run").failed(2).err(), "namespaces.yaml:1:", "cadences");
    }

    @Test
    void leavesOutABadNamespaceAndSaysSo() throws IOException {
        Files.writeString(
                config,
                "namespaces: {main: {cadence: {fast: {every: 1h, target: \"file:usb\"}}},"
                        + " other: {cadence: {fast: {every: 1h, target: \"eip155:1\"}}}}");
        Run plan = run("plan");
        assertEquals("anchor         main/fast/file:usb\n", plan.out());
        Expect.contains(plan.err(), "left-out", "eip155");
    }
}
