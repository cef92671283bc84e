package io.vaultmesh.core.key;

import java.util.List;

/** What tests run against. */
final class Arithmetics {

    private Arithmetics() {}

    static List<Ed25519Arithmetic> all() {
        return List.of(new JdkEd25519(), new BouncyCastleEd25519());
    }

    /** One that accepts everything. */
    static final class Lenient implements Ed25519Arithmetic {

        @Override
        public byte[] publicKey(byte[] seed) {
            return seed;
        }

        @Override
        public Signer signer(byte[] seed, byte[] publicKey) {
            return message -> new byte[64];
        }

        @Override
        public Verifier verifier(byte[] publicKey) {
            return (message, signature) -> true;
        }

        @Override
        public boolean isSound(byte[] publicKey) {
            return true;
        }
    }
}
