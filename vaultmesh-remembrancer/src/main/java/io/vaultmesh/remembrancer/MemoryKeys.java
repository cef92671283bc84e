package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.remembrancer.KeyDirectory.Role;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.util.Map;

/**
 * The keys that a memory works with.
 *
 * @param author signs records
 * @param log signs checkpoints
 * @param transport signs messages to peers
 */
record MemoryKeys(Ed25519PrivateKey author, Ed25519PrivateKey log, Ed25519PrivateKey transport) {

    static MemoryKeys load(KeyDirectory directory) {
        Map<Role, Ed25519PrivateKey> keys = directory.load();
        return new MemoryKeys(
                requireNonNull(keys.get(Role.AUTHOR)),
                requireNonNull(keys.get(Role.LOG)),
                requireNonNull(keys.get(Role.TRANSPORT)));
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
