package io.vaultmesh.remembrancer.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A process that opens a memory, records in it from many threads, and closes it, over and over until it is killed. */
final class RecordingChild {

    static final int THREADS = 8;

    static final String OPENING = "opening";
    static final String OPENED = "opened";
    static final String CLOSING = "closing";

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out); // nothing stays in a buffer

    private RecordingChild() {}

    /** Takes the memory's directory, and a seed. */
    public static void main(String[] args) throws Exception {
        endWithTheParent();
        Random random = new Random(Long.parseLong(args[1]));
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        while (true) {
            say(OPENING);
            try (Remembrancer memory = Remembrancer.open(Path.of(args[0]))) {
                say(OPENED);
                List<Callable<Void>> threads = new ArrayList<>();
                int calls = random.nextInt(2, 40);
                for (int i = 0; i < THREADS; i++) {
                    Random own = new Random(random.nextLong());
                    threads.add(() -> record(memory, own, calls));
                }
                for (Future<Void> each : pool.invokeAll(threads)) {
                    Void unused = each.get();
                }
                say(CLOSING);
            }
        }
    }

    private static Void record(Remembrancer memory, Random random, int calls) {
        for (int i = 0; i < calls; i++) {
            Recording call = Recording.random(random);
            Receipt receipt = memory.namespace(call.namespace()).record(call.memory());
            say(call.namespace() + " " + call.number() + " " + call.keyed() + " "
                    + Base64.getEncoder().encodeToString(receipt.bytes()));
        }
        return null;
    }

    private static synchronized void say(String line) {
        try {
            OUT.write((line + "\n").getBytes(UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("nobody listens: " + e, e);
        }
    }

    /** Ends this process when its parent's end of standard input is closed: no child outlives its parent. */
    private static void endWithTheParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {} // says nothing, or is gone
                    } catch (IOException e) {
                        // gone as well
                    }
                    Runtime.getRuntime().halt(3);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }
}
