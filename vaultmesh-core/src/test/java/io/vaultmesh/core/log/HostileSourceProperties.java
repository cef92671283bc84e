package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.note.NoteVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;

/** A reader whose source answers each question at random: as it is, as it was, of a fork by the same key, or wrong. */
class HostileSourceProperties {

    private static final NoteVerifier KEY = Logs.SIGNER.verifier();
    private static final int STEPS = 30;
    private static final long FORKED_AT = 270;
    private static final List<PublishedFiles> HONEST = published(Long.MAX_VALUE, 0, 100, 256, 300, 513, 700);
    private static final List<PublishedFiles> FORK = published(FORKED_AT, 300, 513, 700, 701);

    private static List<PublishedFiles> published(long forkedAt, long... sizes) {
        return Arrays.stream(sizes)
                .mapToObj(size -> {
                    PublishedFiles files = PublishedFiles.forkedAt(forkedAt);
                    files.publish(size);
                    return files;
                })
                .toList();
    }

    /** Honest readers of each log at each size, by the root that it has there. */
    private static final Map<Hash, LogReader> TRUTH = truth();

    private static Map<Hash, LogReader> truth() {
        Map<Hash, LogReader> readers = new HashMap<>();
        for (List<PublishedFiles> log : List.of(FORK, HONEST)) {
            for (PublishedFiles files : log) {
                LogReader reader = LogReader.of(files, KEY);
                readers.put(reader.checkpoint().root(), reader);
            }
        }
        return readers;
    }

    /** Something that isn't the file that was asked for, or nothing, or an error. */
    private static Optional<byte[]> lie(PublishedFiles files, String path, Random random) {
        List<String> paths = List.copyOf(files.paths());
        return switch (random.nextInt(5)) {
            case 0 -> Optional.empty();
            case 1 -> throw new UncheckedIOException("can't read " + path, new IOException("at random"));
            case 2 -> files.read(paths.get(random.nextInt(paths.size())));
            case 3 -> files.read(path).map(bytes -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 65)));
            default ->
                files.read(path).map(bytes -> {
                    if (bytes.length > 0) {
                        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                    }
                    return bytes;
                });
        };
    }

    /** Answers of one version for a while, or nothing would ever fit, and of another then; and lies between. */
    private static LogSource hostile(Random random) {
        double lies = 0.4 * random.nextDouble();
        AtomicReference<PublishedFiles> version = new AtomicReference<>(HONEST.get(1));
        return path -> {
            if (random.nextInt(25) == 0) {
                List<PublishedFiles> log = random.nextInt(4) == 0 ? FORK : HONEST;
                version.set(log.get(random.nextInt(log.size())));
            }
            return random.nextDouble() < lies
                    ? lie(version.get(), path, random)
                    : version.get().read(path);
        };
    }

    @Property(tries = 100)
    void whatIsGivenOutIsOfOneLogThatOnlyGrows(@ForAll Random random) {
        LogReader reader = LogReader.of(hostile(random), KEY);
        TrustedCheckpoint before = null;
        for (int step = 0; step < STEPS; step++) {
            TrustedCheckpoint now;
            try {
                now = step(reader, random);
                Statistics.label("steps").collect("answered");
            } catch (LogDamagedException | UncheckedIOException refused) {
                now = before;
                Statistics.label("steps").collect("refused");
            }
            if (before != null) {
                assertTrue(now.size() >= before.size(), "it never goes back");
                truthOf(now).verify(before).orThrow();
            }
            before = now;
        }
        Statistics.label("steps").coverage(coverage -> {
            coverage.check("answered").percentage(share -> share > 30);
            coverage.check("refused").percentage(share -> share > 5);
        });
    }

    private static LogReader truthOf(TrustedCheckpoint checkpoint) {
        LogReader truth = TRUTH.get(checkpoint.root());
        assertEquals(checkpoint, truth.checkpoint());
        return truth;
    }

    /** Asks something, and checks the answer against the log whose checkpoint is held. */
    private static TrustedCheckpoint step(LogReader reader, Random random) {
        if (random.nextInt(3) == 0) {
            reader.refresh();
        }
        TrustedCheckpoint held = reader.checkpoint();
        LogReader truth = truthOf(held);
        if (held.size() == 0) {
            return held;
        }
        long index = random.nextInt((int) held.size());
        switch (random.nextInt(5)) {
            case 0 -> assertEquals(truth.entry(index), reader.entry(index));
            case 1 ->
                assertEquals(
                        truth.entries(index, held.size()).toList(),
                        reader.entries(index, held.size()).toList());
            case 2 -> assertEquals(truth.proveInclusion(index), reader.proveInclusion(index));
            case 3 ->
                assertEquals(
                        truth.proveConsistency(index + 1, held.size()),
                        reader.proveConsistency(index + 1, held.size()));
            default -> {
                List<LogReader> all = List.copyOf(TRUTH.values());
                TrustedCheckpoint since = all.get(random.nextInt(all.size())).checkpoint();
                assertEquals(truth.verify(since), reader.verify(since));
            }
        }
        return held;
    }

    @Property(tries = 20)
    void anHonestSourceIsNeverRefused(@ForAll Random random) {
        LogReader reader = LogReader.of(HONEST.get(4), KEY);
        for (int step = 0; step < 20; step++) {
            assertEquals(513, step(reader, random).size());
            assertArrayEquals(Logs.entry(step), reader.entry(step).bytes());
        }
    }
}
