package io.vaultmesh.remembrancer.openpgp;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The signed data, hashed by every algorithm that its signatures need, in one pass. Not thread-safe. */
final class DataDigests {

    private static final int BUFFER = 64 * 1024;

    private final Map<HashAlgorithm, MessageDigest> fed = new EnumMap<>(HashAlgorithm.class);

    private DataDigests() {}

    static DataDigests of(InputStream data, List<SignaturePacket> signatures) throws IOException {
        DataDigests digests = new DataDigests();
        for (SignaturePacket signature : signatures) {
            if (HashAlgorithm.flaw(signature.hashAlgorithm()).isEmpty()) {
                HashAlgorithm hash = HashAlgorithm.of(signature.hashAlgorithm()).orElseThrow();
                digests.fed.computeIfAbsent(hash, HashAlgorithm::newDigest);
            }
        }
        byte[] buffer = new byte[BUFFER];
        for (int n = data.read(buffer); n >= 0; n = data.read(buffer)) {
            for (MessageDigest digest : digests.fed.values()) {
                digest.update(buffer, 0, n);
            }
        }
        return digests;
    }

    /** A digest of the data, to go on with. */
    MessageDigest after(HashAlgorithm hash) {
        MessageDigest digest = fed.get(hash);
        if (digest == null) {
            throw new IllegalStateException("the data was not hashed with " + hash.title());
        }
        try {
            return (MessageDigest) digest.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(
                    "the " + hash.title() + " of " + digest.getProvider() + " can't be cloned, which OpenJDK's can", e);
        }
    }
}
