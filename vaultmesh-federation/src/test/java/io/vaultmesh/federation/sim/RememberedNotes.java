package io.vaultmesh.federation.sim;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.NoteVerifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Real signatures on checkpoints, each made once and verified once: the arithmetic is most of a simulation's time. */
final class RememberedNotes {

    private static final Map<String, byte[]> SIGNED = new ConcurrentHashMap<>();
    private static final Map<String, Boolean> VERIFIED = new ConcurrentHashMap<>();

    private RememberedNotes() {}

    private static String key(NoteVerifier verifier, byte[] text, byte[] signature) {
        return verifier.toText() + "\n" + new String(text, ISO_8859_1) + "\n" + new String(signature, ISO_8859_1);
    }

    static NoteSigner signer(String name, Ed25519PrivateKey key) {
        NoteSigner real = NoteSigner.ed25519(name, key);
        return new NoteSigner() {
            @Override
            public String name() {
                return real.name();
            }

            @Override
            public int keyId() {
                return real.keyId();
            }

            @Override
            public byte[] sign(byte[] text) {
                return SIGNED.computeIfAbsent(key(real.verifier(), text, new byte[0]), any -> real.sign(text))
                        .clone();
            }

            @Override
            public NoteVerifier verifier() {
                return remembered(real.verifier());
            }
        };
    }

    private static NoteVerifier remembered(NoteVerifier real) {
        return new NoteVerifier() {
            @Override
            public String name() {
                return real.name();
            }

            @Override
            public int keyId() {
                return real.keyId();
            }

            @Override
            public boolean verify(byte[] text, byte[] signature) {
                return VERIFIED.computeIfAbsent(key(real, text, signature), any -> real.verify(text, signature));
            }

            @Override
            public String toText() {
                return real.toText();
            }
        };
    }
}
