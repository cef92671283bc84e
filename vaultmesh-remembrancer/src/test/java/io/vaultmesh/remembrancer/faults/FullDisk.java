package io.vaultmesh.remembrancer.faults;

import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A process whose memory meets a full disk again and again, in a small file system that it has for itself: while it records,
 * searches, closes and opens. When there is space again, it goes on as if nothing had been.
 */
final class FullDisk {

    private static final int MOST_CALLS = 500; // until a disk with some blocks left must be full

    private final Path directory;
    private final Ballast ballast;
    private final Random random;
    private final Acknowledged ledger;
    private final Map<String, Integer> refused = new TreeMap<>();

    private FullDisk(Path fileSystem, long seed) {
        this.directory = fileSystem.resolve("memory");
        this.ballast = new Ballast(fileSystem.resolve("ballast"));
        this.random = new Random(seed);
        this.ledger = new Acknowledged(random);
    }

    /** Takes an empty file system of its own, a seed, and how often it is filled. */
    public static void main(String[] args) throws IOException {
        FullDisk disk = new FullDisk(Path.of(args[0]), Long.parseLong(args[1]));
        int rounds = Integer.parseInt(args[2]);
        for (int round = 0; round < rounds; round++) {
            try {
                disk.round();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("round " + round + " with seed " + args[1], e);
            }
        }
        System.out.println(
                rounds + " full disks survived, refused " + disk.refused + ", with " + disk.ledger.size() + " records");
        if (!disk.refused.containsKey("record")) {
            throw new AssertionError("the disk was never full for record: " + disk.refused);
        }
    }

    private void round() throws IOException {
        try (Remembrancer memory = Remembrancer.open(directory)) {
            for (int i = random.nextInt(10); i >= 0; i--) {
                record(memory);
            }
            ballast.fill(random.nextInt(40));
            for (int i = 0; i < MOST_CALLS && (attempt("record", () -> record(memory)) || random.nextInt(4) > 0); i++) {
                // until it is refused a few times
            }
            attempt("search", () -> {
                long unused = memory.query("decision").page().matches();
            });
            requireReadable(memory);
            if (random.nextBoolean()) {
                attempt("close", memory::close);
            } else {
                ballast.free();
                record(memory);
                ledger.check(memory);
            }
        }
        if (random.nextBoolean()) {
            attempt("open", () -> Remembrancer.open(directory).close());
        }
        ballast.free();
        try (Remembrancer memory = Remembrancer.open(directory)) {
            record(memory);
            ledger.checkAll(memory);
        }
    }

    private void record(Remembrancer memory) {
        Recording call = Recording.random(random);
        Receipt receipt = memory.namespace(call.namespace()).record(call.memory());
        ledger.add(call, receipt);
    }

    private static void requireReadable(Remembrancer memory) {
        memory.timeline().limit(20).forEach(record -> {
            Receipt receipt = memory.receipt(record.id()).orElseThrow();
            memory.verify(receipt).orThrow();
        });
    }

    /** Does what a full disk may refuse, with a clear message. */
    private boolean attempt(String phase, Runnable act) {
        try {
            act.run();
            return true;
        } catch (UncheckedIOException full) {
            String message = String.valueOf(full.getMessage());
            // SQLite says no more than that of the file that it shares among processes
            boolean saysSo = message.contains("No space left on device")
                    || message.contains("disk is full")
                    || message.contains("SQLITE_IOERR_SHMSIZE");
            if (!saysSo) {
                throw new AssertionError("not what a full disk should say to " + phase, full);
            }
            refused.merge(phase, 1, Integer::sum);
            return false;
        }
    }
}
