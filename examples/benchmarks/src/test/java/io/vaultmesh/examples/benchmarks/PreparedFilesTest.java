package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.log.MerkleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparedFilesTest {

    private static final Set<PreparedLog> NEEDED = Set.of(PreparedLog.THOUSAND);

    private final List<String> said = new ArrayList<>();

    @Test
    void logsOfOneRunAreBuiltAndDeletedAfterIt() throws IOException {
        Path directory;
        try (PreparedFiles logs = PreparedFiles.in(Optional.empty())) {
            logs.build(NEEDED, said::add);
            directory = Path.of(logs.jvmArgument().substring(logs.jvmArgument().indexOf('=') + 1));
            assertEquals(
                    1000,
                    MerkleLog.read(PreparedLog.THOUSAND.in(directory), Samples.SIGNER.verifier())
                            .checkpoint()
                            .size());
        }
        assertFalse(Files.exists(directory));
        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith("Built a log of 1,000 entries of 32 bytes in "), said.get(0));
    }

    @Test
    void keptLogsAreFoundAgain(@TempDir Path kept) throws IOException {
        for (int run = 0; run < 2; run++) {
            try (PreparedFiles logs = PreparedFiles.in(Optional.of(kept))) {
                logs.build(NEEDED, said::add);
            }
        }
        assertEquals(1, said.size());
        assertTrue(Files.exists(PreparedLog.THOUSAND.in(kept)));
    }

    @Test
    void logWhoseBuildingWasInterruptedIsBuiltAnew(@TempDir Path kept) throws IOException {
        Files.createDirectory(kept.resolve(".unfinished"));
        Files.writeString(kept.resolve(".unfinished").resolve("checkpoint"), "half a checkpoint");
        try (PreparedFiles logs = PreparedFiles.in(Optional.of(kept))) {
            logs.build(NEEDED, said::add);
        }
        assertTrue(MerkleLog.read(PreparedLog.THOUSAND.in(kept), Samples.SIGNER.verifier())
                .fsck()
                .passed());
    }

    @Test
    void benchmarkWithoutItsLogSaysHowToHaveIt() {
        String message = assertThrows(IllegalStateException.class, PreparedLog.THOUSAND::directory)
                .getMessage();
        assertTrue(message.contains(Ratios.class.getName()), message);
    }
}
