package io.vaultmesh.scheduler.journal;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.WriterLock;
import io.vaultmesh.remembrancer.disk.AtomicFile;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.scheduler.config.Lane;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is under way, so that it survives the process: an intent is durable before anything is sent, and what the target gave
 * before it is recorded. What is finished leaves the journal for the memory.
 *
 * <p>Guaranteed: what a method writes down is durable when it returns; of what a crash breaks off, nobody was told that it is
 * durable. Any other change to the file is found when it is opened, but for one that cuts it off within its last line. Not
 * guaranteed: that a disk which loses the file loses no intent.
 *
 * <p>One process at a time has it. Thread-safe. If the disk refuses once, it refuses from then on, since it is unknown what was
 * written.
 */
public final class Journal implements AutoCloseable {

    /** The name of the file. */
    public static final String FILE = "journal";

    private static final long FORMAT = 1;

    /** Finished anchors leave the file when it is this long, and most of it is theirs. */
    private static final long LONG_FILE = 1 << 20;

    private final Path file;
    private final WriterLock lock;
    private final Map<Lane, Progress> lanes; // guarded by this
    private FileOutputStream out; // guarded by this
    private long next; // guarded by this
    private long size; // guarded by this
    private long kept; // guarded by this; the size when it was last replaced
    private boolean refused; // guarded by this
    private volatile boolean hasRefused;

    private Journal(Path file, WriterLock lock, Map<Lane, Progress> lanes) throws IOException {
        this.file = file;
        this.lock = lock;
        this.lanes = lanes;
        this.out = replace();
    }

    /**
     * Opens a journal, or begins one. What a crash broke off is cut off.
     *
     * @param directory its directory, which is made if it is absent
     * @return the journal, to be closed
     * @throws IllegalStateException if somebody else has it open
     * @throws JournalDamagedException if there is something in the file that no crash leaves behind
     * @throws UncheckedIOException if the disk refuses
     */
    public static Journal open(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Durable.createDirectories(directory);
            WriterLock lock = WriterLock.take(directory);
            try {
                return new Journal(file, lock, Files.exists(file) ? read(file) : new LinkedHashMap<>());
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't open " + file + ": " + e, e);
        }
    }

    private static Map<Lane, Progress> read(Path file) throws IOException {
        Map<Lane, Progress> lanes = new LinkedHashMap<>();
        try {
            List<JsonObject> events = JournalLines.read(Files.readAllBytes(file));
            for (int n = 0; n < events.size(); n++) {
                JsonObject event = events.get(n);
                if (event.integer("n") != n) {
                    throw new IllegalArgumentException("line " + (n + 1) + " has n " + event.integer("n")
                            + ", expected " + n + ": lines are missing, or in another order");
                }
                if (n == 0) {
                    requireFormat(event.only("n", "format"));
                } else {
                    apply(lanes, event);
                }
            }
            if (events.isEmpty()) {
                throw new IllegalArgumentException("it is empty, expected a first line with its format");
            }
        } catch (IllegalArgumentException e) {
            throw new JournalDamagedException(file.toString(), String.valueOf(e.getMessage()));
        }
        return lanes;
    }

    private static void requireFormat(JsonObject first) {
        if (first.integer("format") != FORMAT) {
            throw new IllegalArgumentException("format is " + first.integer("format") + ", expected " + FORMAT);
        }
    }

    private static void apply(Map<Lane, Progress> lanes, JsonObject event) {
        Lane lane = Event.lane(event);
        Progress after = Event.after(lanes.getOrDefault(lane, Progress.NONE), event);
        if (after.equals(Progress.NONE)) {
            lanes.remove(lane);
        } else {
            lanes.put(lane, after);
        }
    }

    /** Puts a file with only what is under way in the place of this one, and opens it. */
    private FileOutputStream replace() throws IOException {
        List<JsonObject.Builder> events = new ArrayList<>();
        events.add(JsonObject.builder().put("format", FORMAT));
        lanes.forEach((lane, progress) -> {
            progress.intent().ifPresent(intent -> events.add(Event.intent(lane, intent)));
            progress.evidence()
                    .ifPresent(evidence -> events.add(Event.submitted(
                            lane, progress.intent().orElseThrow().at(), evidence)));
            progress.failure().ifPresent(failure -> events.add(Event.failed(lane, failure)));
        });
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int n = 0; n < events.size(); n++) {
            bytes.writeBytes(JournalLines.line(events.get(n).put("n", n).build()));
        }
        AtomicFile.write(file, bytes.toByteArray());
        next = events.size();
        size = bytes.size();
        kept = size;
        return new FileOutputStream(file.toFile(), true);
    }

    /**
     * How far each lane is.
     *
     * @return the lanes in which something is under way or failed
     */
    public synchronized Map<Lane, Progress> lanes() {
        return Map.copyOf(lanes);
    }

    /**
     * How far a lane is.
     *
     * @param lane the lane
     * @return its progress
     */
    public synchronized Progress of(Lane lane) {
        return lanes.getOrDefault(lane, Progress.NONE);
    }

    /**
     * Writes down what is going to be sent.
     *
     * @param lane where
     * @param intent what
     * @throws IllegalArgumentException if something is under way in that lane
     * @throws UncheckedIOException if the disk refuses, now or before
     */
    public void intent(Lane lane, Intent intent) {
        append(Event.intent(lane, intent));
    }

    /**
     * Writes down what the target gave.
     *
     * @param lane where
     * @param at when
     * @param evidence what it gave
     * @throws IllegalArgumentException if nothing is under way in that lane
     * @throws UncheckedIOException if the disk refuses, now or before
     */
    public void submitted(Lane lane, Instant at, JsonObject evidence) {
        append(Event.submitted(lane, at, evidence));
    }

    /**
     * Writes down that the target has lost what was submitted: it is to be submitted again.
     *
     * @param lane where
     * @param at when
     * @throws UncheckedIOException if the disk refuses, now or before
     */
    public void unsubmitted(Lane lane, Instant at) {
        append(Event.unsubmitted(lane, at));
    }

    /**
     * Writes down a failure.
     *
     * @param lane where
     * @param failure what failed, and until when the lane waits
     * @throws UncheckedIOException if the disk refuses, now or before
     */
    public void failed(Lane lane, Failure failure) {
        append(Event.failed(lane, failure));
    }

    /**
     * Writes down that the anchor is in the memory: it leaves the journal.
     *
     * @param lane where
     * @param at when
     * @param record the id of the anchor record
     * @throws IllegalArgumentException if nothing is under way in that lane
     * @throws UncheckedIOException if the disk refuses, now or before
     */
    public void recorded(Lane lane, Instant at, Hash record) {
        append(Event.recorded(lane, at, record));
    }

    /**
     * Writes down that what is under way is given up.
     *
     * @param lane where
     * @param at when
     * @param reason why, for people
     * @throws IllegalArgumentException if nothing is under way in that lane
     * @throws UncheckedIOException if the disk refuses, now or before
     */
    public void abandoned(Lane lane, Instant at, String reason) {
        append(Event.abandoned(lane, at, reason));
    }

    private synchronized void append(JsonObject.Builder members) {
        if (refused) {
            throw new UncheckedIOException(new IOException("the disk refused " + file + " before; open it again"));
        }
        JsonObject event = members.put("n", next).build();
        Map<Lane, Progress> after = new LinkedHashMap<>(1);
        Lane lane = Event.lane(event);
        after.put(lane, lanes.getOrDefault(lane, Progress.NONE));
        apply(after, event); // refuses what can't follow, before it is written
        byte[] line = JournalLines.line(event);
        try {
            refused = true;
            out.write(line);
            out.getFD().sync();
            next++;
            size += line.length;
            lanes.remove(lane);
            lanes.putAll(after);
            if (size > LONG_FILE && size > 2 * kept) {
                out.close();
                out = replace();
            }
            refused = false;
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e, e);
        } finally {
            hasRefused = refused;
        }
    }

    /**
     * Whether the disk refused, so that nothing more can be written down until the journal is opened again. It doesn't wait
     * for who is writing.
     *
     * @return whether it did
     */
    public boolean hasRefused() {
        return hasRefused;
    }

    @Override
    public void close() {
        synchronized (this) {
            refused = true;
            try (lock) {
                out.close();
            } catch (IOException e) {
                throw new UncheckedIOException("can't close " + file + ": " + e, e);
            }
        }
    }
}
