package io.vaultmesh.remembrancer.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.remembrancer.audit.AuditedLog;
import io.vaultmesh.remembrancer.audit.PinnedCheckpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A note or document in which a checkpoint was pinned gives a check, and passes only with what the log signed. */
class PinnedCheckpointFuzz {

    private static final List<AuditedLog> LOGS =
            List.of(new AuditedLog(Fixture.LOG.verifier(), pinned -> Verdict.proven()));

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void choose() {
        file = directory.resolve("pinned");
    }

    @FuzzTest
    void parse(byte[] document) throws IOException {
        Files.write(file, document);
        Check check = PinnedCheckpoint.file(file).check(LOGS);
        assertFalse(check.outcome() == Outcome.NOT_CHECKED, "it can be read");
        assertTrue(
                check.outcome() == Outcome.FAIL
                        || new String(document, StandardCharsets.UTF_8)
                                .replace("\r\n", "\n")
                                .contains(Fixture.NOTE.text()),
                check::toString);
    }
}
