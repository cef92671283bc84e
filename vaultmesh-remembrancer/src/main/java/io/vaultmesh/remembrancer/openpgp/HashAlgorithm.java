package io.vaultmesh.remembrancer.openpgp;

import io.vaultmesh.core.hash.Hashing;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.oiw.OIWObjectIdentifiers;

/** Hash algorithms of signatures (RFC 9580 §9.5). What isn't here can't be computed, let alone accepted. */
enum HashAlgorithm {
    /** Broken (chosen-prefix collisions of key signatures, 2020): gives nothing, but may still take away. */
    SHA1(2, "SHA-1", false),
    SHA256(8, "SHA-256", true),
    SHA384(9, "SHA-384", true),
    SHA512(10, "SHA-512", true);

    private final int id;
    private final String title;
    private final boolean accepted;

    HashAlgorithm(int id, String title, boolean accepted) {
        this.id = id;
        this.title = title;
        this.accepted = accepted;
    }

    static Optional<HashAlgorithm> of(int id) {
        for (HashAlgorithm each : values()) {
            if (each.id == id) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** Why a signature by this algorithm is refused, if it is. */
    static Optional<String> flaw(int id) {
        Optional<HashAlgorithm> known = of(id);
        if (known.isPresent() && known.get().accepted) {
            return Optional.empty();
        }
        String name = known.map(HashAlgorithm::title).orElse(id == 1 ? "MD5" : "hash algorithm " + id);
        return Optional.of("it is made with " + name + ", expected SHA-256, SHA-384 or SHA-512");
    }

    int id() {
        return id;
    }

    String title() {
        return title;
    }

    ASN1ObjectIdentifier oid() {
        return switch (this) {
            case SHA1 -> OIWObjectIdentifiers.idSHA1;
            case SHA256 -> NISTObjectIdentifiers.id_sha256;
            case SHA384 -> NISTObjectIdentifiers.id_sha384;
            case SHA512 -> NISTObjectIdentifiers.id_sha512;
        };
    }

    MessageDigest newDigest() {
        if (this == SHA256) {
            return Hashing.newSha256();
        }
        try {
            return MessageDigest.getInstance(title);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + title + ", which every OpenJDK has", e);
        }
    }
}
