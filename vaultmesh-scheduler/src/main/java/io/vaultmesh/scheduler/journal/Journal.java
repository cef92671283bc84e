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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is under way, so that it survives the process: an intent is durable before anything is sent, and what the target gave
 * before it is recorded. What is finished leaves the journal for the memory.
 *
 * <p>Guaranteed: what a method writes down is durable when it returns; of what a crash breaks off, nobody was told that it is
 * durable. Any other change to the file is found when it is opened, but for one that cuts it off within its last line. Not
 * guaranteed: that a disk which loses the file loses no intent.
 *
 * <p>One process at a time has it. Thread-safe. If the disk refuses, what was to be written isn't, and the next call puts a new
 * file in the place of this one first, since it is unknown what of it is there.
 */
public final class Journal implements AutoCloseable {

    /** The name of the file. */
    public static final String FILE = "journal";

    private static final long FORMAT = 1;
    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);

    /** Finished anchors leave the file when it is this long, and most of it is theirs. */
    private static final long LONG_FILE = 1 << 20;

    private final Path file;
    private final WriterLock lock;
    private final Map<Lane, Progress> lanes; // guarded by this
    private FileOutputStream out; // guarded by this
    private long next; // guarded by this
    private long size; // guarded by this
    private long kept; // guarded by this; the size when it was last replaced
    private boolean torn; // guarded by this; what was written last may be there in part
    private boolean closed; // guarded by this
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
        put(lanes, lane, Event.after(lanes.getOrDefault(lane, Progress.NONE), event));
    }

    private static void put(Map<Lane, Progress> lanes, Lane lane, Progress progress) {
        if (progress.equals(Progress.NONE)) {
            lanes.remove(lane);
        } else {
            lanes.put(lane, progress);
        }
    }

    /** Puts a file with only what counts in the place of this one, and opens it. */
    private FileOutputStream replace() throws IOException {
        List<JsonObject.Builder> events = new ArrayList<>();
        events.add(JsonObject.builder().put("format", FORMAT));
        lanes.forEach((lane, progress) -> {
            progress.intent().ifPresent(intent -> events.add(Event.intent(lane, intent)));
            progress.evidence()
                    .ifPresent(evidence -> events.add(Event.submitted(
                            lane, progress.intent().orElseThrow().at(), evidence)));
            progress.failure().ifPresent(failure -> events.add(Event.failed(lane, failure)));
            progress.last().ifPresent(last -> events.add(Event.anchored(lane, last)));
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
     * @return the lanes of which something is known
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
     * @throws UncheckedIOException if the disk refuses; when it doesn't any more, the next call mends the file
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
     * @throws UncheckedIOException if the disk refuses; when it doesn't any more, the next call mends the file
     */
    public void submitted(Lane lane, Instant at, JsonObject evidence) {
        append(Event.submitted(lane, at, evidence));
    }

    /**
     * Writes down that the target has lost what was submitted: it is to be submitted again.
     *
     * @param lane where
     * @param at when
     * @throws UncheckedIOException if the disk refuses; when it doesn't any more, the next call mends the file
     */
    public void unsubmitted(Lane lane, Instant at) {
        append(Event.unsubmitted(lane, at));
    }

    /**
     * Writes down a failure.
     *
     * @param lane where
     * @param failure what failed, and until when the lane waits
     * @throws UncheckedIOException if the disk refuses; when it doesn't any more, the next call mends the file
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
     * @throws UncheckedIOException if the disk refuses; when it doesn't any more, the next call mends the file
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
     * @throws UncheckedIOException if the disk refuses; when it doesn't any more, the next call mends the file
     */
    public void abandoned(Lane lane, Instant at, String reason) {
        append(Event.abandoned(lane, at, reason));
    }

    /**
     * Writes down what was anchored last, of lanes of which that wasn't known: it need not be sought again.
     *
     * @param found what the memory says
     * @throws UncheckedIOException if the disk refuses; when it doesn't any more, the next call mends the file
     */
    public void learned(Map<Lane, Anchored> found) {
        append(found.entrySet().stream()
                .map(each -> Event.anchored(each.getKey(), each.getValue()))
                .toList());
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the journal " + file + " is closed");
        }
    }

    private UncheckedIOException refused(IOException e) {
        return new UncheckedIOException("can't write " + file + ": " + e, e);
    }

    private void renew() throws IOException {
        torn = true;
        out.close();
        out = replace();
        torn = false;
    }

    private void append(JsonObject.Builder event) {
        append(List.of(event));
    }

    private synchronized void append(List<JsonObject.Builder> events) {
        requireOpen();
        try {
            if (torn) {
                renew(); // the disk refused: perhaps there is room again
            }
            Map<Lane, Progress> after = new LinkedHashMap<>();
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            long n = next;
            for (JsonObject.Builder members : events) {
                JsonObject event = members.put("n", n++).build();
                Lane lane = Event.lane(event);
                after.put(lane, Event.after(after.getOrDefault(lane, of(lane)), event)); // or refuses what can't follow
                lines.writeBytes(JournalLines.legible(event));
            }
            torn = true;
            out.write(lines.toByteArray());
            out.getFD().sync();
            torn = false;
            next = n;
            size += lines.size();
            after.forEach((lane, progress) -> put(lanes, lane, progress));
            hasRefused = false;
        } catch (IOException e) {
            hasRefused = true;
            throw refused(e);
        } catch (UncheckedIOException e) { // of the file that should take this one's place
            hasRefused = true;
            throw e;
        }
        if (size > LONG_FILE && size > 2 * kept) {
            shorten();
        }
    }

    /** What was written is durable, whatever becomes of this: the next write tries it again. */
    private void shorten() {
        try {
            renew();
        } catch (IOException | UncheckedIOException e) {
            hasRefused = true;
            LOG.warn("{} can't be shortened, and will be when the disk takes it", file, e);
        }
    }

    /**
     * Whether the disk refused what was to be written down last, so that nothing was sent either. It doesn't wait for who is
     * writing.
     *
     * @return whether it did
     */
    public boolean hasRefused() {
        return hasRefused;
    }

    @Override
    public synchronized void close() {
        closed = true;
        try (lock) {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + file + ": " + e, e);
        }
    }
}
