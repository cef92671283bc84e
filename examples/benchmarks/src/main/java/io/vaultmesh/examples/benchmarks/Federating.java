package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.federation.FederationNode;
import io.vaultmesh.federation.SyncReports;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.peer.Role;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Brings new records to an empty memory over loopback HTTP, both sides in one process. */
public class Federating {

    private static final int RECORDS = 100_000;
    private static final Role[] ROLES = {Role.ANNOUNCE, Role.SERVE, Role.REQUEST, Role.PUSH};

    /** Records from 64 threads, as fast as a memory takes them. */
    private static void record(Remembrancer memory) {
        AtomicInteger next = new AtomicInteger();
        ExecutorService threads = Executors.newFixedThreadPool(ThreadsAppend.THREADS);
        for (int i = 0; i < ThreadsAppend.THREADS; i++) {
            threads.execute(() -> {
                for (int n = next.getAndIncrement(); n < RECORDS; n = next.getAndIncrement()) {
                    var unused = memory.record(Recording.deployment(n));
                }
            });
        }
        threads.shutdown();
        try {
            if (!threads.awaitTermination(1, TimeUnit.HOURS)) {
                throw new IllegalStateException("recording takes longer than an hour");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A node whose memory has the records, and one whose memory has none. */
    @State(Scope.Benchmark)
    public static class Two {

        private final Path directory = Scratch.create();
        private final Remembrancer full = Remembrancer.open(directory.resolve("full"));
        private final Remembrancer empty = Remembrancer.open(directory.resolve("empty"));
        private final FederationNode serving;
        private final FederationNode asking;

        public Two() {
            record(full);
            serving = FederationNode.builder()
                    .memory(full)
                    .listen("127.0.0.1", 0)
                    .peer(Peer.of(PeerId.of(empty.exposeTransportKey().publicKey()))
                            .roles(ROLES)
                            .namespaces("main"))
                    .build();
            serving.start();
            asking = FederationNode.builder()
                    .memory(empty)
                    .listen("127.0.0.1", 0)
                    .namespaces("main")
                    .build();
            asking.start();
        }

        SyncReports sync() {
            asking.join(Peer.at(serving.address().orElseThrow())
                    .identity(serving.id())
                    .roles(ROLES)
                    .namespaces("main")
                    .log(NamespaceName.MAIN, full.verifier()));
            SyncReports reports = asking.sync(serving.id()).orThrow();
            if (empty.namespace("main").size() != RECORDS) {
                throw new IllegalStateException(reports.toString());
            }
            return reports;
        }

        @TearDown
        public void delete() throws IOException {
            asking.close();
            serving.close();
            full.close();
            empty.close();
            Scratch.delete(directory);
        }
    }

    /** An empty memory. */
    @State(Scope.Benchmark)
    public static class One {

        private final Path directory = Scratch.create();
        private final Remembrancer memory = Remembrancer.open(directory.resolve("memory"));

        @TearDown
        public void delete() throws IOException {
            memory.close();
            Scratch.delete(directory);
        }
    }

    /** Both memories and nodes have this heap together. */
    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public SyncReports vaultmesh(Two two) {
        return two.sync();
    }

    @Benchmark
    @Fork(jvmArgsPrepend = "-Xmx256m")
    public Remembrancer recording(One one) {
        record(one.memory);
        return one.memory;
    }
}
