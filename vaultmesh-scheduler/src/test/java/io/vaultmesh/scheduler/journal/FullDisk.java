package io.vaultmesh.scheduler.journal;

import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.scheduler.anchor.Trouble;
import io.vaultmesh.scheduler.cadence.Base;
import io.vaultmesh.scheduler.cadence.Window;
import io.vaultmesh.scheduler.config.Lane;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** A program that fills the disk on which a journal is, again and again, and makes room. */
public final class FullDisk {

    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final int TIMES = 20;

    private final Path disk;
    private final Map<Lane, Progress> told = new HashMap<>();
    private int events;

    private FullDisk(Path disk) {
        this.disk = disk;
    }

    /** Takes the directory of a small file system of its own. */
    public static void main(String[] args) throws IOException {
        System.out.println(new FullDisk(Path.of(args[0])).run());
    }

    private String run() throws IOException {
        for (int i = 0; i < TIMES; i++) {
            try (Journal journal = Journal.open(disk.resolve("anchors"))) {
                check(journal, "opened again");
                Path filler = disk.resolve("filler");
                fill(filler, i * 173); // so much is left free
                failUntilRefused(journal);
                refuses(journal);
                check(journal, "refused");
                Files.delete(filler);
                fail(journal);
                check(journal, "there was room again");
            }
        }
        return TIMES + " times full, " + events + " events, nothing lost";
    }

    private void failUntilRefused(Journal journal) {
        try {
            for (int i = 0; i < 1000; i++) {
                fail(journal);
            }
        } catch (UncheckedIOException full) {
            return;
        }
        throw new AssertionError("the disk isn't full");
    }

    private void refuses(Journal journal) {
        try {
            fail(journal);
        } catch (UncheckedIOException full) {
            return;
        }
        throw new AssertionError("the disk was full, and nothing was freed");
    }

    private void fail(Journal journal) {
        Lane lane = new Lane(NamespaceName.MAIN, Base.FAST, "file:" + events % 7);
        Failure failure = new Failure(Trouble.NETWORK, events + 1, Window.of(NOW, Duration.ofMillis(events)));
        journal.failed(lane, failure);
        told.put(lane, Progress.NONE.with(failure));
        events++;
    }

    private void check(Journal journal, String when) {
        if (!journal.lanes().equals(told)) {
            throw new AssertionError(when + ", the journal has " + journal.lanes() + ", expected " + told);
        }
    }

    private static void fill(Path filler, int free) throws IOException {
        byte[] block = new byte[4096];
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            try (var file = java.nio.channels.FileChannel.open(filler, java.nio.file.StandardOpenOption.WRITE)) {
                file.truncate(Math.max(0, file.size() - free));
            }
        }
    }
}
