package io.vaultmesh.core.key;

/** The arithmetic in use: Bouncy Castle's where it is on the path, the JDK's otherwise. Chosen once. */
final class FastestArithmetic {

    static final Ed25519Arithmetic CHOSEN = choose();

    private FastestArithmetic() {}

    private static Ed25519Arithmetic choose() {
        try {
            Ed25519Arithmetic bouncyCastle = new BouncyCastleEd25519();
            return works(bouncyCastle) ? bouncyCastle : new JdkEd25519();
        } catch (LinkageError absent) {
            // not on the path, in no module that this one reads, or a release without some of the functions
            return new JdkEd25519();
        }
    }

    /** Calls all that will be called later, so that what is missing shows now. */
    private static boolean works(Ed25519Arithmetic arithmetic) {
        byte[] seed = new byte[Ed25519PrivateKey.SEED_LENGTH];
        byte[] key = arithmetic.publicKey(seed);
        byte[] signature = arithmetic.signer(seed, key).sign(seed);
        return arithmetic.isSound(key) && arithmetic.verifier(key).verify(seed, signature);
    }
}
