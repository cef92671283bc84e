package io.vaultmesh.scheduler.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.scheduler.LaneEvent;
import io.vaultmesh.scheduler.Scheduler;
import io.vaultmesh.scheduler.anchor.Anchor;
import io.vaultmesh.scheduler.anchor.FileAnchor;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** A process that records and anchors, over and over until it is killed, and says at each moment where it is. */
final class AnchoringChild {

    static final String OPENING = "opening";
    static final String PREPARING = "preparing";
    static final String INTENDED = "intended";
    static final String PUBLISHED = "published";
    static final String SUBMITTED = "submitted";
    static final String FINAL = "final";
    static final String WITHOUT_INTENT = "without-intent";

    static final String TARGET = "file:kills";
    static final String[] NAMESPACES = {"main", "dao:two"};

    private static final FileOutputStream OUT = new FileOutputStream(FileDescriptor.out); // nothing stays in a buffer

    private AnchoringChild() {}

    /** Takes the memory's directory, the target's file, a seed, and the first instant of its clock. */
    public static void main(String[] args) throws Exception {
        endWithTheParent();
        Path memory = Path.of(args[0]);
        Random random = new Random(Long.parseLong(args[2]));
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse(args[3]));
        while (true) {
            say(OPENING);
            try (Remembrancer open =
                            Remembrancer.builder(memory).clock(now::get).open();
                    Scheduler scheduler = scheduler(open, Path.of(args[1]), now::get, true)) {
                for (int i = 0; i < 20; i++) {
                    String namespace = NAMESPACES[random.nextInt(NAMESPACES.length)];
                    var unused = open.namespace(namespace).record(Discovery.of("record", "of " + random.nextLong()));
                    var events = scheduler.tick();
                    if (events.stream().anyMatch(event -> event.what() == LaneEvent.What.FAILED)) {
                        throw new IllegalStateException("a step failed: " + events);
                    }
                    now.updateAndGet(before -> before.plus(Duration.ofMinutes(40)));
                }
            }
        }
    }

    static Scheduler scheduler(Remembrancer memory, Path file, InstantSource clock, boolean saying) {
        Anchor target = FileAnchor.of(TARGET, file, clock);
        Anchor used = saying ? new Saying(target, memory.directory().resolve("anchors/journal")) : target;
        var builder = Scheduler.builder(memory).clock(clock).spread(Duration.ZERO);
        for (String namespace : NAMESPACES) {
            builder.namespace(namespace, cadence -> cadence.fast("1h", used));
        }
        if (saying) {
            builder.listener(event -> {
                switch (event.what()) {
                    case INTENDED -> say(INTENDED);
                    case SUBMITTED -> say(SUBMITTED);
                    case FINAL -> say(FINAL);
                    default -> {}
                }
            });
        }
        return builder.build();
    }

    /** A target that says where it is, and looks into the journal before it sends anything. */
    private static final class Saying implements Anchor {

        private final Anchor target;
        private final Path journal;

        Saying(Anchor target, Path journal) {
            this.target = target;
            this.journal = journal;
        }

        @Override
        public String name() {
            return target.name();
        }

        @Override
        public JsonObject prepare(TrustedCheckpoint checkpoint) {
            say(PREPARING);
            return target.prepare(checkpoint);
        }

        @Override
        public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
            try {
                if (!Files.readString(journal).contains(new String(CanonicalJson.encode(request), UTF_8))) {
                    say(WITHOUT_INTENT);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            JsonObject evidence = target.submit(checkpoint, request);
            say(PUBLISHED);
            return evidence;
        }

        @Override
        public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
            return target.verify(checkpoint, evidence);
        }
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
