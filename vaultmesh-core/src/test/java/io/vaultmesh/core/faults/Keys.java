package io.vaultmesh.core.faults;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.NoteSigner;
import java.nio.file.Path;

/** The key of the logs that are made to suffer: parent and children have the same. */
final class Keys {

    static final NoteSigner LOG = NoteSigner.ed25519("example.com/faults", Ed25519PrivateKey.ofSeed(new byte[32]));

    private Keys() {}

    static MerkleLog open(Path directory) {
        return MerkleLog.builder(directory).signer(LOG).open();
    }
}
