package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class MerkleLogInMemoryTest extends MerkleLogContract {

    @Override
    MerkleLog emptyLog() {
        return MerkleLog.inMemory(Logs.SIGNER);
    }

    @Test
    void hasAKeyOfItsOwnUnlessOneIsGiven() {
        MerkleLog one = MerkleLog.inMemory();
        assertEquals("in-memory", one.origin());
        assertNotEquals(one.verifier(), MerkleLog.inMemory().verifier());
    }

    @Test
    void publishesWhenItIsAskedTo() {
        MerkleLog log = MerkleLog.inMemory();
        Logs.grow(log, 600);
        log.publish();
        log.publish();
        log.fsck().orThrow();
        Logs.grow(log, 1000);
        log.fsck().orThrow();
    }
}
