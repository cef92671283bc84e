package io.vaultmesh.remembrancer.openpgp;

import java.util.Optional;

/** Public-key algorithms (RFC 9580 §9.1) whose packets can be read; only some of them make signatures. */
enum KeyAlgorithm {
    RSA(1, "RSA", 1),
    RSA_ENCRYPT(2, "RSA for encryption", 0),
    RSA_SIGN(3, "RSA", 1),
    ELGAMAL(16, "Elgamal", 0),
    DSA(17, "DSA", 0),
    ECDH(18, "ECDH", 0),
    ECDSA(19, "ECDSA", 2),
    EDDSA(22, "EdDSA", 2);

    private final int id;
    private final String title;
    private final int signatureNumbers;

    KeyAlgorithm(int id, String title, int signatureNumbers) {
        this.id = id;
        this.title = title;
        this.signatureNumbers = signatureNumbers;
    }

    static Optional<KeyAlgorithm> of(int id) {
        for (KeyAlgorithm each : values()) {
            if (each.id == id) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    String title() {
        return title;
    }

    static String name(int id) {
        return of(id).map(each -> each.title).orElse("algorithm " + id);
    }

    /** How many numbers a signature consists of; 0 if signatures by this algorithm aren't accepted. */
    int signatureNumbers() {
        return signatureNumbers;
    }
}
