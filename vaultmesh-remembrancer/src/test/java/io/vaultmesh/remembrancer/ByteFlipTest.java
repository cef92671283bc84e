package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Flips a byte of every file of a memory, a sample of them, or all with {@code -Dvaultmesh.flips=all}. */
class ByteFlipTest extends MemoryFixture {

    private static final int ENDS = 8;
    private static final boolean ALL = "all".equals(System.getProperty("vaultmesh.flips"));
    private static final int STEP = ALL ? 1 : 97;
    private static final int STEP_OF_DERIVED = ALL ? 1 : 1499;

    private enum Noticed {
        /** The memory is not opened. */
        OPENING_REFUSED,
        /** The audit names what is wrong. */
        AUDIT_FAILED,
        /** The memory takes itself for a copy, which can be read and records nothing. */
        RECORDING_REFUSED,
        /** It is of a file that is made anew from the log, and what is searched for is found, with its proof, or missed. */
        IN_A_DERIVED_FILE,
        /** Nothing depends on the byte. */
        NOWHERE
    }

    private void remember() {
        try (Remembrancer memory = open()) {
            memory.record(deployment().body(Body.text("done\n")));
            Receipt second = memory.record(Decision.of("Use PostgreSQL", "c", "d", "e"));
            memory.record(discovery("x").link(Link.Rel.RELATES, second.id()));
        }
    }

    private Noticed notice(Path file) {
        try (Remembrancer memory = open()) {
            if (!memory.verifyAudit().passed()) {
                return Noticed.AUDIT_FAILED;
            }
            if (file.endsWith("instance")) {
                String message = assertThrows(IllegalStateException.class, () -> memory.record(deployment()))
                        .getMessage();
                assertTrue(message.contains("is a copy"), message);
                return Noticed.RECORDING_REFUSED;
            }
            if (isDerived(file)) {
                for (Hit hit : memory.query("PostgreSQL")) {
                    hit.receipt().verify(memory.verifier()).orThrow();
                }
                return Noticed.IN_A_DERIVED_FILE;
            }
            return Noticed.NOWHERE;
        } catch (MemoryDamagedException refused) {
            return Noticed.OPENING_REFUSED;
        }
    }

    private static boolean isDerived(Path file) {
        return file.endsWith("index.db") || file.getParent().endsWith("index");
    }

    @Test
    void isNoticedWhereverItIs() throws IOException {
        remember();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(path())) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        assertTrue(files.size() >= 14, files.toString());
        Map<Noticed, Integer> counts = new EnumMap<>(Noticed.class);
        Set<String> nowhere = new TreeSet<>();
        for (Path file : files) {
            byte[] intact = Files.readAllBytes(file);
            int step = isDerived(file) ? STEP_OF_DERIVED : STEP;
            int last = intact.length - ENDS; // from here on, each byte
            for (int i = 0; i < intact.length; i = i < ENDS || i >= last ? i + 1 : Math.min(i + step, last)) {
                byte[] flipped = intact.clone();
                flipped[i] ^= 1;
                Files.write(file, flipped);
                Noticed noticed = notice(file);
                counts.merge(noticed, 1, Integer::sum);
                if (noticed == Noticed.NOWHERE) {
                    nowhere.add(path().relativize(file) + " byte " + (i - intact.length) + " from its end");
                }
            }
            Files.write(file, intact);
        }
        System.out.println("flipped bytes of " + files.size() + " files of a memory were noticed: " + counts);
        // a key is read without the white space around it, and a newline with its last bit flipped is white space
        assertEquals(
                Set.of(
                        "keys/author.key byte -1 from its end",
                        "keys/log.key byte -1 from its end",
                        "keys/transport.key byte -1 from its end",
                        "keys/witness.key byte -1 from its end"),
                nowhere);
        try (Remembrancer memory = open()) {
            memory.verifyAudit().orThrow();
        }
    }
}
