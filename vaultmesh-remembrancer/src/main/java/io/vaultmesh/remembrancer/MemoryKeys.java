package io.vaultmesh.remembrancer;

import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.remembrancer.KeyDirectory.Role;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;

/**
 * The keys that a memory works with.
 *
 * @param author signs records
 * @param log signs checkpoints
 */
record MemoryKeys(Ed25519PrivateKey author, Ed25519PrivateKey log) {

    static MemoryKeys load(KeyDirectory directory) {
        return new MemoryKeys(directory.load(Role.AUTHOR), directory.load(Role.LOG));
    }

    EnvelopeSigner authorSigner() {
        return EnvelopeSigner.ed25519(author);
    }

    /** A key that was exchanged would sign a second past under the first one's name. */
    MemoryKeys requireThoseOf(MemoryFile file) {
        require(Role.AUTHOR, author.publicKey(), file.author());
        require(Role.LOG, log.publicKey(), file.logKey());
        return this;
    }

    private static void require(Role role, Ed25519PublicKey key, String expected) {
        if (!key.didKey().equals(expected)) {
            throw new MemoryDamagedException("the " + role.label() + " key is " + key.didKey() + ", expected "
                    + expected + " as in " + MemoryFile.FILE);
        }
    }
}
