package io.vaultmesh.core.note;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;

/** Notes signed with Ed25519: algorithm 0x01. */
final class Ed25519Note {

    private Ed25519Note() {}

    record Signer(Ed25519PrivateKey key, Verifier verifier) implements NoteSigner {

        @Override
        public String name() {
            return verifier.name();
        }

        @Override
        public int keyId() {
            return verifier.keyId();
        }

        @Override
        public byte[] sign(byte[] text) {
            return key.sign(text);
        }
    }

    record Verifier(String name, Ed25519PublicKey key) implements NoteVerifier {

        Verifier {
            name = NoteKeys.requireName(name);
            requireNonNull(key, "key");
        }

        @Override
        public int keyId() {
            return NoteKeys.id(name, KeyText.ED25519, key.bytes());
        }

        @Override
        public boolean verify(byte[] text, byte[] signature) {
            return key.verify(text, signature);
        }

        @Override
        public String toText() {
            return KeyText.write(name, KeyText.ED25519, key.bytes());
        }
    }

    static Verifier verifier(KeyText text) {
        Verifier verifier = new Verifier(text.name(), Ed25519PublicKey.of(text.key()));
        text.requireId(verifier.keyId());
        return verifier;
    }

    static Signer signer(KeyText text) {
        if (text.algorithm() == KeyText.COSIGNATURE) {
            throw text.otherAlgorithm("0x01; CosignatureSigner.of reads it, and takes the clock that it needs");
        }
        if (text.algorithm() != KeyText.ED25519) {
            throw text.otherAlgorithm("0x01");
        }
        Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(text.key());
        Verifier verifier = new Verifier(text.name(), key.publicKey());
        text.requireId(verifier.keyId());
        return new Signer(key, verifier);
    }
}
