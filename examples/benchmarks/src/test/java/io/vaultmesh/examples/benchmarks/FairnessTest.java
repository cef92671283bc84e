package io.vaultmesh.examples.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.spawn.tree.GeneratedFile;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A ratio means something only if both sides do the same work. */
class FairnessTest {

    @Test
    void allCanonicalizersMakeTheSameBytesOfTheRecord() throws IOException {
        Canonicalization work = new Canonicalization();
        assertEquals(600, Samples.record().length);
        assertArrayEquals(work.vaultmesh(), work.jackson());
        assertArrayEquals(work.vaultmesh(), work.erdtman());
    }

    @Test
    void bothCanonicalizersMakeTheSameBytesOfTheLargeTexts() throws IOException {
        CanonicalizationOfNested nested = new CanonicalizationOfNested();
        assertArrayEquals(nested.vaultmesh(), nested.erdtman());
        CanonicalizationOfNumbers numbers = new CanonicalizationOfNumbers();
        assertArrayEquals(numbers.vaultmesh(), numbers.erdtman());
    }

    @Test
    void boundOfPlanningWritesEveryPlannedByte() throws IOException {
        Planning work = new Planning();
        Planning.Target target = new Planning.Target();
        target.create();
        try {
            Path written = work.write(target);
            for (GeneratedFile file : work.vaultmesh().files()) {
                assertEquals(file.hash(), Hashing.sha256(file.path().in(written)));
            }
        } finally {
            target.delete();
        }
    }
}
