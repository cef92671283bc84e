package io.vaultmesh.remembrancer.openpgp;

import java.security.MessageDigest;
import java.util.Optional;

/** The one place where a signature is held against a key: all else is what the signature says. */
final class SignatureMath {

    private SignatureMath() {}

    /** Whether a key made a signature over the parts. The hash need not be one that is accepted. */
    static boolean isBy(KeyPacket key, SignaturePacket signature, byte[]... parts) {
        Optional<HashAlgorithm> hash = HashAlgorithm.of(signature.hashAlgorithm());
        if (hash.isEmpty()) {
            return false;
        }
        MessageDigest digest = hash.get().newDigest();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return isBy(key, signature, hash.get(), signature.digest(digest));
    }

    static boolean isBy(KeyPacket key, SignaturePacket signature, HashAlgorithm hash, byte[] digest) {
        return key.key().makes(signature.keyAlgorithm())
                && signature.announces(digest)
                && key.key().verify(hash, digest, signature.numbers());
    }
}
