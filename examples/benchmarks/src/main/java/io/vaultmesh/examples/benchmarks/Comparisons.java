package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.examples.benchmarks.Side.Benchmarked;
import io.vaultmesh.examples.benchmarks.Side.Fixed;
import java.util.List;
import java.util.Set;

/** The comparisons that there are, in the order in which they run. */
final class Comparisons {

    private static final String ERDTMAN = "erdtman java-json-canonicalization 1.1";
    private static final String SIGN_AND_APPEND = "a Bouncy Castle signature and a bare append of the same bytes";
    private static final int HEAP_BOUND = 48_000_000;
    private static final double RECORDS_HEAP_BOUND = 160.0 * 10_000_000;

    private Comparisons() {}

    static List<Comparison> all() {
        return List.of(
                speed("canonicalize", "canonicalize a record of 600 bytes", Canonicalization.class)
                        .against("jackson", "Jackson with sorted maps", Asked.atLeast(1.5)),
                speed("canonicalize", "canonicalize a record of 600 bytes", Canonicalization.class)
                        .against("erdtman", ERDTMAN, Asked.atLeast(3)),
                speed("canonicalize", "canonicalize 100 KB of records", CanonicalizationOfNested.class)
                        .against("erdtman", ERDTMAN, Asked.atLeast(3.5)),
                speed("canonicalize", "canonicalize 100 KB of numbers", CanonicalizationOfNumbers.class)
                        .against("erdtman", ERDTMAN, Asked.atLeast(2.5)),
                allocation("canonicalize", "canonicalize a record of 600 bytes", Canonicalization.class)
                        .atMost(5, Samples.record().length),
                allocation("canonicalize", "canonicalize 100 KB of records", CanonicalizationOfNested.class)
                        .atMost(5, JsonSamples.nested().length),
                allocation("canonicalize", "canonicalize 100 KB of numbers", CanonicalizationOfNumbers.class)
                        .atMost(5, JsonSamples.numbers().length),
                speed("memory", "in-memory append of 600 bytes", InMemoryAppend.class)
                        .against("hashing", "SHA-256 of one leaf and one node for each entry", Asked.atLeast(0.85)),
                allocation("memory", "in-memory append of 600 bytes", InMemoryAppend.class)
                        .atMost(2, Samples.LENGTH),
                speed("append", "durable append of 600 bytes, one thread", DurableAppend.class)
                        .against(
                                "writeAndForce", "write and `force(false)` to a preallocated file", Asked.atLeast(0.8)),
                allocation("append", "durable append of 600 bytes, one thread", DurableAppend.class)
                        .atMost(2, Samples.LENGTH),
                speed("threads", "durable append of 600 bytes, 64 threads", ThreadsAppend.class)
                        .against("sqlite", "SQLite, a transaction for each row, 64 threads", Asked.atLeast(5)),
                speed("batch", "durable `appendAll` of 1,000 entries of 600 bytes", BatchAppend.class)
                        .against("sqlite", "SQLite, a transaction of 1,000 rows", Asked.atLeast(1.3)),
                speed("batch", "durable `appendAll` of 1,000 entries of 600 bytes", BatchAppend.class)
                        .against("rocksdb", "RocksDB, a synced write batch of 1,000", Asked.atLeast(1)),
                new Given("fsck", "`fsck` of 1,000,000 entries of 200 bytes", Metric.TIME, FullCheck.class)
                        .with(PreparedLog.MILLION)
                        .against("hashing", "SHA-256 of the same leaves and nodes, two threads", Asked.atMost(2)),
                new Given("proof", "inclusion proof in a log of 10,000,000", Metric.MEDIAN_TIME, Proving.class)
                        .with(PreparedLog.TEN_MILLION)
                        .against("reading", "reading the tiles on the leaf's path", Asked.atMost(3)),
                new Given("open", "open a log of 10,000,000 entries", Metric.TIME, Opening.class)
                        .with(PreparedLog.THOUSAND, PreparedLog.TEN_MILLION)
                        .against("thousand", "opening a log of 1,000", Asked.atMost(3)),
                new Comparison(
                        "open",
                        "heap in use after opening a log of 10,000,000",
                        Metric.HEAP,
                        new Benchmarked(Opening.class, "heap"),
                        "48 MB",
                        new Fixed(HEAP_BOUND),
                        Asked.atMost(1),
                        Set.of(PreparedLog.TEN_MILLION)),
                new Given("growth", "durable append at 10,000,000 entries", Metric.MEAN_TIME, GrownAppend.class)
                        .with(PreparedLog.TEN_MILLION)
                        .against("small", "the same at 10,000 entries", Asked.atMost(1.2)),
                new Given("growth", "ten `appendAll` of 1,000 at 10,000,000 entries", Metric.TIME, GrownBatches.class)
                        .with(PreparedLog.TEN_MILLION)
                        .against("small", "the same at 10,000 entries", Asked.atMost(1.2)),
                new Given("growth", "50,000 in-memory appends at 10,000,000 entries", Metric.TIME, GrownMemory.class)
                        .against("small", "the same at 10,000 entries", Asked.atMost(1.2)),
                speed("record", "durable `record`, one thread", Recording.class)
                        .against("signAndAppend", SIGN_AND_APPEND, Asked.atLeast(0.5)),
                new Given("record", "durable `record`, 64 threads", Metric.STEADY_SPEED, ThreadsRecording.class)
                        .against("signAndAppend", SIGN_AND_APPEND, Asked.atLeast(0.6)),
                new Given("search", "search a million memories for two words, 95 %", Metric.TIME_OF_95, Searching.class)
                        .with(PreparedMemory.A_MILLION)
                        .of("words")
                        .against("match", "`MATCH … LIMIT 10000` in the same table of FTS5", Asked.atMost(2)),
                new Given("search", "search a million memories for a component", Metric.MEAN_TIME, Searching.class)
                        .with(PreparedMemory.A_MILLION)
                        .of("component")
                        .against("select", "the same rows by a bare `SELECT`", Asked.atMost(2)),
                new Given("receipt", "receipt of one of a million memories", Metric.MEDIAN_TIME, Receiving.class)
                        .with(PreparedMemory.A_MILLION)
                        .against("proof", "the inclusion proof in its log", Asked.atMost(3)),
                new Given("reindex", "make the index of a million memories", Metric.LONG_TIME, Reindexing.class)
                        .with(PreparedMemory.A_MILLION)
                        .against("fts5", "inserting the same words into FTS5 alone", Asked.atMost(1 / 0.7)),
                new Given("audit", "audit a million memories", Metric.LONG_TIME, Auditing.class)
                        .with(PreparedMemory.A_MILLION)
                        .against("signatures", "as many of its signatures, on all processors", Asked.atMost(1 / 0.6)),
                new Given("reopen", "open a million memories", Metric.TIME, OpeningMemories.class)
                        .with(PreparedMemory.A_THOUSAND, PreparedMemory.A_MILLION)
                        .against("thousand", "opening a thousand", Asked.atMost(3)),
                speed("verify", "verify an OpenPGP signature, Ed25519", Verifying.class)
                        .of("pgpEd25519")
                        .against("ed25519", "one strict Ed25519 verification", Asked.NOTHING),
                speed("verify", "verify an OpenPGP signature, RSA 3072", Verifying.class)
                        .of("pgpRsa")
                        .against("rsa", "one RSA verification by the JDK", Asked.NOTHING),
                speed("verify", "verify a timestamp, P-256", Verifying.class)
                        .of("timestamp")
                        .against("twoEcdsa", "two P-256 verifications by the JDK", Asked.NOTHING),
                speed("verify", "verify all of an attested artifact", Verifying.class)
                        .of("artifact")
                        .against("itsSignatures", "the arithmetic of its signatures", Asked.NOTHING),
                new Given("plan", "plan a Python service with everything", Metric.MEAN_TIME, Planning.class)
                        .against("write", "writing the same bytes into a new directory", Asked.atMost(3)),
                new Given("spawn", "spawn a Python service with everything", Metric.MEAN_TIME, Spawning.class)
                        .against(
                                "fiveWritesAndACommit",
                                "five times writing the same bytes, and JGit committing them",
                                Asked.atMost(1)),
                new Comparison(
                        "spawn",
                        "heap in use after spawning 1,000 services",
                        Metric.HEAP,
                        new Benchmarked(Spawning.class, "thousand"),
                        "the same after 100",
                        new Benchmarked(Spawning.class, "hundred"),
                        Asked.atMost(1.05),
                        Set.of()),
                reconcile("nothing", "noneAsClient", 1),
                reconcile("nothing", "noneAsServer", 1),
                reconcile("one record", "oneAsClient", 2),
                reconcile("one record", "oneAsServer", 2),
                reconcile("100 records anywhere", "hundredAsClient", 20),
                reconcile("100 records anywhere", "hundredAsServer", 20),
                reconcile("the 10,000 newest", "newestAsClient", 20),
                reconcile("the 10,000 newest", "newestAsServer", 20),
                reconcile("10,000 records anywhere", "scatteredAsClient", 500),
                reconcile("10,000 records anywhere", "scatteredAsServer", 500),
                reconcile("10,000 records anywhere, in frames of 60,000", "framedAsClient", 500),
                reconcile("10,000 records anywhere, in frames of 60,000", "framedAsServer", 500),
                new Given("reconcile", "a client's part, 10,000 records anywhere", Metric.TIME, Reconciling.class)
                        .of("scatteredAsClient")
                        .against("hashing", "SHA-256 of a million ids", Asked.NOTHING),
                new Given("sets", "add 1,000 records to 10,000,000, then the root", Metric.TIME, GrownSet.class)
                        .against("small", "the same at 10,000", Asked.atMost(1.5)),
                new Given(
                                "sets",
                                "verify and add 1,000 records to 10,000,000, then the root",
                                Metric.TIME,
                                GrownSet.class)
                        .of("verified")
                        .against("smallVerified", "the same at 10,000", Asked.atMost(1.5)),
                new Given("federate", "100,000 records to an empty peer over HTTP", Metric.LONG_TIME, Federating.class)
                        .against("recording", "recording as many, 64 threads", Asked.atMost(2)),
                new Given("tick", "a tick over 10,000 lanes with nothing due", Metric.MEAN_TIME, Ticking.class)
                        .against("comparing", "comparing 10,000 times in a map", Asked.atMost(3)),
                new Given(
                                "recover",
                                "take up 1,000 anchors under way beside 1,000,000 finished",
                                Metric.TIME,
                                Recovering.class)
                        .with(PreparedAnchors.A_MILLION)
                        .against("reading", "reading the same files", Asked.atMost(2)),
                new Comparison(
                        "sets",
                        "heap in use with a set of 10,000,000 records",
                        Metric.HEAP,
                        new Benchmarked(GrownSet.class, "heap"),
                        "160 bytes a record",
                        new Fixed(RECORDS_HEAP_BOUND),
                        Asked.atMost(1),
                        Set.of()));
    }

    /** One side's work on two sets of a million, against the time that is asked for. */
    private static Comparison reconcile(String difference, String method, int millis) {
        return new Comparison(
                "reconcile",
                "two sets of 1,000,000 that differ by " + difference + ", "
                        + (method.endsWith("Client") ? "client" : "server"),
                Metric.TIME,
                new Benchmarked(Reconciling.class, method),
                millis + " ms",
                new Fixed(millis / 1000.0),
                Asked.atMost(1),
                Set.of());
    }

    private static Given speed(String name, String work, Class<?> type) {
        return new Given(name, work, Metric.SPEED, type);
    }

    private static Given allocation(String name, String work, Class<?> type) {
        return new Given(name, "allocated to " + work, Metric.ALLOCATION, type);
    }

    /** A comparison without its other side; ours is the method {@code vaultmesh}, unless another is named. */
    private record Given(
            String name, String work, Metric metric, Class<?> type, String method, Set<? extends Prepared> prepared) {

        Given(String name, String work, Metric metric, Class<?> type) {
            this(name, work, metric, type, "vaultmesh", Set.of());
        }

        Given of(String named) {
            return new Given(name, work, metric, type, named, prepared);
        }

        Given with(Prepared... needed) {
            return new Given(name, work, metric, type, method, Set.of(needed));
        }

        Comparison atMost(double times, int bytes) {
            return compared("the bytes themselves", new Fixed(bytes), Asked.atMost(times));
        }

        Comparison against(String other, String peer, Asked asked) {
            return compared(peer, new Benchmarked(type, other), asked);
        }

        private Comparison compared(String peer, Side theirs, Asked asked) {
            Benchmarked ours = new Benchmarked(type, method);
            return new Comparison(name, work, metric, ours, peer, theirs, asked, Set.copyOf(prepared));
        }
    }
}
