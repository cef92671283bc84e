package io.vaultmesh.core.log;

import io.vaultmesh.core.note.NoteSigner;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A disk in memory whose power fails, and whose processes are killed, at a moment that a test sets: with the n-th operation
 * of the process. Thread-safe.
 */
public final class SimulatedDisk {

    /** How a process ends that uses the disk. */
    public enum End {
        /** What wasn't forced is lost in part. */
        POWER_LOSS,
        /** What was written is there for the next process, and is lost by a power loss later if nobody forces it. */
        KILL
    }

    private final SplittableRandom random;
    private SimulatedDirectory root = new SimulatedDirectory(); // guarded by this, as all below it
    private SimulatedProcess process = new SimulatedProcess(this, 0, 0);
    private long time;

    /** An empty disk; what a power loss leaves follows from the seed. */
    public SimulatedDisk(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Begins a process, which ends with its n-th operation. */
    public synchronized void start(long operations) {
        process = new SimulatedProcess(this, operations, random.nextLong());
    }

    /** Opens the log in the process. */
    public MerkleLog open(NoteSigner signer, Duration publishEvery) {
        Disk disk = process();
        return new LogOpener(
                        disk,
                        new DirectoryStore(disk),
                        signer,
                        publishEvery,
                        LogIdentity.unquestioned(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        entry -> {})
                .open(() -> {});
    }

    /** What the log has published, as the process sees it. */
    public LogSource source() {
        return new DirectoryStore(process());
    }

    private synchronized SimulatedProcess process() {
        return process;
    }

    /** Whether the process has ended; what it throws then is no failure of the log. */
    public boolean hasEnded() {
        return process().hasEnded();
    }

    /** Whether a thread failed because its process has ended. */
    public static boolean isTheEnd(Throwable failure) {
        return failure instanceof SimulatedProcess.Ended;
    }

    /** Ends the process, if it hasn't ended. */
    public synchronized void end(End how) {
        process.end();
        if (how == End.POWER_LOSS) {
            root.losePower(new PowerLoss(random, time));
        }
    }

    /** The same disk again, without a process, to go another way from here. */
    public synchronized SimulatedDisk copy() {
        SimulatedDisk copy = new SimulatedDisk(random.nextLong());
        copy.root = root.copy(new IdentityHashMap<>());
        copy.time = time;
        return copy;
    }

    /** The moment of one more change. */
    synchronized long tick() {
        return ++time;
    }

    synchronized SimulatedDirectory root() {
        return root;
    }
}
