package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.core.log.LogStore;
import io.vaultmesh.core.log.MerkleLog;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server gives other bytes for a file of a log: entries are read as they were logged, or the log is said to be damaged. */
class LogReaderFuzz {

    private static final int SIZE = 258; // a full tile and bundle, a partial one each, and a tile above
    static final List<String> FILES = List.of(
            LogSource.CHECKPOINT,
            "tile/entries/001.p/2",
            "tile/0/001.p/2",
            "tile/1/000.p/1",
            "tile/entries/000",
            "tile/0/000");

    @TempDir
    Path directory;

    Map<String, byte[]> files = Map.of();

    @BeforeEach
    void log() {
        try (MerkleLog log = MerkleLog.builder(directory).signer(Fixture.LOG).open()) {
            var unused = log.appendAll(
                    IntStream.range(0, SIZE).mapToObj(LogReaderFuzz::entry).toList());
            log.publish();
        }
        LogStore store = LogStore.directory(directory);
        files = FILES.stream()
                .collect(Collectors.toMap(path -> path, path -> store.read(path).orElseThrow()));
    }

    private static byte[] entry(int index) {
        return Integer.toString(index % 7).getBytes(UTF_8);
    }

    /** The first byte chooses the file. */
    @FuzzTest
    void parse(byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        String changed = FILES.get(Math.floorMod(bytes[0], FILES.size()));
        byte[] content = Arrays.copyOfRange(bytes, 1, bytes.length);
        LogSource source = path -> path.equals(changed)
                ? Optional.of(content.clone())
                : Optional.ofNullable(files.get(path)).map(byte[]::clone);
        LogReader reader = LogReader.of(source, Fixture.LOG.verifier());
        entries(reader);
        // signatures of others may be added to a checkpoint, and taken away
        boolean same = changed.equals(LogSource.CHECKPOINT) || Arrays.equals(content, files.get(changed));
        assertFalse(reader.fsck().passed() && !same, () -> "another " + changed);
    }

    private static void entries(LogReader reader) {
        try {
            assertEquals(SIZE, reader.size());
        } catch (LogDamagedException refused) {
            Refusal.check(refused);
            return;
        }
        for (int index = 0; index < SIZE; index++) {
            try {
                assertArrayEquals(entry(index), reader.entry(index).bytes());
            } catch (LogDamagedException refused) {
                Refusal.check(refused);
            }
        }
    }
}
