package io.vaultmesh.core.note;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.key.Ed25519PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Notes signed with Ed25519: algorithm 0x01. */
final class Ed25519Note {

    // the Base64 may contain a '+' of its own, the name can't
    private static final Pattern KEY = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");

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

        private byte[] algorithmAndKey() {
            return NoteKeys.withAlgorithm(NoteKeys.ED25519, key.bytes());
        }

        @Override
        public int keyId() {
            return NoteKeys.id(name, algorithmAndKey());
        }

        @Override
        public boolean verify(byte[] text, byte[] signature) {
            return key.verify(text, signature);
        }

        @Override
        public String toText() {
            return NoteKeys.text(name, keyId(), algorithmAndKey());
        }
    }

    static Verifier verifier(String vkey) {
        String expected = "expected name+id+key as in C2SP signed-note";
        Matcher matcher = KEY.matcher(vkey);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a verifier key: " + vkey + ", " + expected);
        }
        byte[] bytes = base64(matcher.group(3), "verifier key " + vkey);
        if (bytes.length != 1 + Ed25519PublicKey.LENGTH || bytes[0] != NoteKeys.ED25519) {
            throw new IllegalArgumentException("verifier key " + vkey + " holds " + bytes.length
                    + " bytes, expected 33, the first of them 1 for Ed25519");
        }
        Verifier verifier =
                new Verifier(matcher.group(1), Ed25519PublicKey.of(Arrays.copyOfRange(bytes, 1, bytes.length)));
        requireId(matcher.group(2), verifier);
        return verifier;
    }

    static Signer signer(String text) {
        Matcher matcher =
                KEY.matcher(text.startsWith(NoteKeys.PRIVATE) ? text.substring(NoteKeys.PRIVATE.length()) : "");
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not the text of a private key (not shown), expected PRIVATE+KEY+name+id+key as in C2SP signed-note");
        }
        byte[] bytes = base64(matcher.group(3), "private key of " + matcher.group(1));
        if (bytes.length != 1 + Ed25519PrivateKey.SEED_LENGTH || bytes[0] != NoteKeys.ED25519) {
            throw new IllegalArgumentException("the private key of " + matcher.group(1) + " holds " + bytes.length
                    + " bytes, expected 33, the first of them 1 for Ed25519");
        }
        Ed25519PrivateKey key = Ed25519PrivateKey.ofSeed(Arrays.copyOfRange(bytes, 1, bytes.length));
        Verifier verifier = new Verifier(matcher.group(1), key.publicKey());
        requireId(matcher.group(2), verifier);
        return new Signer(key, verifier);
    }

    private static byte[] base64(String text, String what) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is not Base64 in its last part", e);
        }
    }

    private static void requireId(String hex, Verifier verifier) {
        String expected = HexFormat.of().toHexDigits(verifier.keyId());
        if (!hex.equals(expected)) {
            throw new IllegalArgumentException(
                    "the key of " + verifier.name() + " has id " + expected + ", the text says " + hex);
        }
    }
}
