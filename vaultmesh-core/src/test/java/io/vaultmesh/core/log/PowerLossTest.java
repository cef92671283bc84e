package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an append acknowledged outlives the loss of power; thousands of other moments are in {@code PowerLossFaults}. */
class PowerLossTest {

    private static final int SEEDS = 40; // an eighth of them loses all that wasn't forced
    private static final Duration NEVER = Duration.ofDays(1);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 300})
    void whatWasAcknowledgedIsThere(int entries) {
        for (int seed = 0; seed < SEEDS; seed++) {
            SimulatedDisk disk = new SimulatedDisk(seed);
            disk.start(Long.MAX_VALUE);
            MerkleLog log = disk.open(Logs.SIGNER, NEVER);
            Logs.grow(log, entries);
            disk.end(SimulatedDisk.End.POWER_LOSS);

            disk.start(Long.MAX_VALUE);
            try (MerkleLog again = disk.open(Logs.SIGNER, NEVER)) {
                assertEquals(entries, again.size(), "with seed " + seed);
                for (int i = 0; i < entries; i++) {
                    assertArrayEquals(Logs.entry(i), again.entry(i).bytes());
                }
            }
        }
    }
}
