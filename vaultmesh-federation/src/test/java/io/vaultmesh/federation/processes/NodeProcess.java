package io.vaultmesh.federation.processes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.federation.FederationNodeBuilder;
import io.vaultmesh.federation.guard.Guard;
import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.FederationEvent;
import io.vaultmesh.federation.protocol.Limits;
import io.vaultmesh.federation.transport.HttpSettings;
import io.vaultmesh.federation.transport.HttpTransport;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** A memory and its node in a process of their own, which does what its standard input says until that ends. */
final class NodeProcess {

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out); // nothing stays in a buffer

    private final Remembrancer memory;
    private final FederationNode node;
    private final BlockingQueue<FederationEvent> synced = new LinkedBlockingQueue<>();
    private final AtomicInteger misbehaved = new AtomicInteger();

    private NodeProcess(Path directory, Set<String> names, boolean treacherous) {
        memory = Remembrancer.open(directory);
        Limits d = Limits.DEFAULT;
        Limits quick = new Limits(
                Duration.ofMillis(500),
                Duration.ofMillis(20),
                Duration.ofSeconds(5),
                d.frame(),
                d.rounds(),
                d.tail(),
                d.part(),
                d.body());
        HttpSettings http = HttpSettings.listen("127.0.0.1", 0).names(names);
        FederationNodeBuilder builder = FederationNode.builder()
                .memory(memory)
                .limits(quick)
                .namespaces("main", "dao:vaultmesh")
                .onEvent(this::happened);
        if (treacherous) {
            HttpTransport transport = HttpTransport.of(
                    http,
                    memory.exposeTransportKey(),
                    new Guard(Quota.DEFAULT, 16, InstantSource.system()),
                    InstantSource.system());
            node = builder.transport(new Treacherous(transport, new Random(1))).build();
        } else {
            node = builder.http(http).build();
        }
        node.start();
    }

    private void happened(FederationEvent event) {
        if (event instanceof FederationEvent.Synced) {
            synced.add(event);
        } else if (event instanceof FederationEvent.Misbehaved) {
            misbehaved.incrementAndGet();
        }
    }

    /** Takes the memory's directory, the names by which the node is called, and whether it lies. */
    public static void main(String[] args) throws Exception {
        NodeProcess process = new NodeProcess(
                Path.of(args[0]), Set.copyOf(List.of(args[1].split(","))), Boolean.parseBoolean(args[2]));
        say("ready " + process.node.id() + " "
                + process.node.address().orElseThrow().getPort());
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "join" -> process.join(words[1], words[2]);
                case "record" -> process.record(words[1], words[2], Integer.parseInt(words[3]));
                case "agree" -> process.agree(Long.parseLong(words[1]), Set.of(words[2].split(",")));
                case "close" -> process.close();
                default -> throw new IllegalArgumentException(line);
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private void join(String did, String address) throws IOException {
        node.join(URI.create("http://" + address), new PeerId(did));
        say("joined");
    }

    private void record(String namespace, String name, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Discovery memorized = Discovery.of(name + " " + i, "Found by " + name + ", " + i);
            say("recorded " + memory.namespace(namespace).record(memorized).id());
        }
        say("done");
    }

    /** Waits until an exchange with each of some peers has found the same, for at most so long. */
    private void agree(long millis, Set<String> peers) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (!agrees(peers)) {
            if (synced.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS) == null) {
                break;
            }
        }
        say("status "
                + node.status().namespaces().stream()
                        .map(each -> each.name() + " " + each.size() + " " + each.root())
                        .collect(Collectors.joining(" "))
                + " " + misbehaved);
    }

    private boolean agrees(Set<String> peers) {
        return node.status().namespaces().stream()
                .flatMap(each -> each.peers().stream())
                .allMatch(each -> each.agrees() || !peers.contains(each.peer().did()));
    }

    private void close() throws IOException {
        node.close();
        memory.close();
        say("closed");
    }

    private static synchronized void say(String line) throws IOException {
        OUT.write((line + "\n").getBytes(UTF_8));
    }
}
