package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.log.Appended;
import io.vaultmesh.remembrancer.receipt.Receipt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Threads;

/** Records deployments from 64 threads; each waits for its own receipt. */
@Threads(ThreadsAppend.THREADS)
public class ThreadsRecording {

    @Benchmark
    public Receipt vaultmesh(Recording.Memory memory) {
        return memory.record();
    }

    /** A signature by Bouncy Castle, and an entry of the same length to a log without anything else. */
    @Benchmark
    public Appended signAndAppend(Recording.SigningLog log) {
        return log.signAndAppend();
    }
}
