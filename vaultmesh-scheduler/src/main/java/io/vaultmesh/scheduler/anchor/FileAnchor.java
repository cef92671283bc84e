package io.vaultmesh.scheduler.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.scheduler.config.Lane;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Appends signed checkpoints to a file, each as a line of canonical JSON with the member {@code checkpoint}. Worth as much as
 * the place where the file lies: on a medium that is written once, or a disk of somebody else's, it can't be taken back.
 *
 * <p>Guaranteed: when it is submitted, the line is durable, and it is there once, also after a crash in the middle of it. Not
 * guaranteed: anything if others write the file at the same moment, or if it grows to more than a gigabyte: it is read whole
 * at each submission.
 *
 * <p>Thread-safe.
 */
public final class FileAnchor implements Anchor {

    private static final Map<Path, Object> WRITING =
            new ConcurrentHashMap<>(); // one for each file: another disk may hang
    private static final long MOST_BYTES = 1L << 30;

    private final String name;
    private final Path file;
    private final InstantSource clock;

    private FileAnchor(String name, Path file, InstantSource clock) {
        this.name = name;
        this.file = file;
        this.clock = clock;
    }

    /**
     * A target that is a file.
     *
     * @param name what the target is called, such as {@code file:usb}
     * @param file the file, which is created if it is absent; its directory exists
     * @param clock says when it was found there
     * @return the target
     * @throws IllegalArgumentException if the name is not {@code file:} and a reference
     */
    public static FileAnchor of(String name, Path file, InstantSource clock) {
        if (!Lane.requireTarget(name).startsWith("file:")) {
            throw new IllegalArgumentException("target is " + name + ", expected file: and a name");
        }
        return new FileAnchor(name, file.toAbsolutePath(), requireNonNull(clock, "clock"));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonObject prepare(TrustedCheckpoint checkpoint) {
        return JsonObject.builder()
                .put("checkpoint", checkpoint.note().toText())
                .build();
    }

    @Override
    public JsonObject submit(Checkpoint checkpoint, JsonObject request) {
        byte[] line = line(request);
        synchronized (WRITING.computeIfAbsent(file, path -> new Object())) {
            try {
                requireDirectory();
                byte[] there = Files.exists(file) ? read() : new byte[0];
                if (find(there, line) < 0) {
                    append(there, line);
                }
                Durable.force(requireNonNull(file.getParent()));
            } catch (IOException e) {
                // the disk may be full or gone for now, and may have part of it
                throw new AnchorException(Trouble.UNKNOWN_OUTCOME, "can't write " + file + ": " + e);
            }
        }
        return request;
    }

    private void requireDirectory() {
        Path directory = requireNonNull(file.getParent());
        if (!Files.isDirectory(directory)) {
            throw new AnchorException(Trouble.NETWORK, "there is no directory " + directory + ", expected one");
        }
    }

    private void append(byte[] there, byte[] line) throws IOException {
        int end = there.length;
        int lineStart = end;
        while (lineStart > 0 && there[lineStart - 1] != '\n') {
            lineStart--;
        }
        // what a crash left of this very line is written over; what somebody else left is none of our lines, and ends
        // here
        boolean ours = Arrays.mismatch(Arrays.copyOfRange(there, lineStart, end), line) == end - lineStart;
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(ours ? lineStart : end);
            if (!ours && lineStart < end) {
                out.write('\n');
            }
            out.write(line);
            out.getFD().sync();
        }
    }

    @Override
    public Finality verify(Checkpoint checkpoint, JsonObject evidence) {
        try {
            Checkpoint in = Checkpoint.parse(
                    SignedNote.parse(evidence.string("checkpoint")).text());
            if (!in.equals(checkpoint)) {
                return new Finality.Invalid("the line is of " + in + ", expected " + checkpoint);
            }
        } catch (IllegalArgumentException e) {
            return new Finality.Invalid(String.valueOf(e.getMessage()));
        }
        if (!Files.exists(file)) {
            return new Finality.Missing(file + " is gone");
        }
        try {
            return find(read(), line(evidence)) < 0
                    ? new Finality.Missing("the line is not in " + file)
                    : new Finality.Final(clock.instant());
        } catch (IOException e) {
            throw new AnchorException(Trouble.NETWORK, "can't read " + file + ": " + e);
        }
    }

    private byte[] read() throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new AnchorException(
                    Trouble.MISCONFIGURED, file + " has more than " + MOST_BYTES + " bytes, expected a new file");
        }
        return Files.readAllBytes(file);
    }

    private static byte[] line(JsonObject request) {
        return (new String(CanonicalJson.encode(request), UTF_8) + "\n").getBytes(UTF_8);
    }

    /** Where a line begins that is these bytes; negative if none is. */
    private static int find(byte[] in, byte[] line) {
        for (int at = 0; at + line.length <= in.length; ) {
            if (Arrays.equals(in, at, at + line.length, line, 0, line.length)) {
                return at;
            }
            while (at < in.length && in[at] != '\n') {
                at++;
            }
            at++;
        }
        return -1;
    }

    @Override
    public String toString() {
        return name + ", " + file;
    }
}
