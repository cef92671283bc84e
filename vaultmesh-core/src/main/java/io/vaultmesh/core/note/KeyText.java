package io.vaultmesh.core.note;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text form of a key, read: {@code name+id+base64(algorithm ‖ key)}, where the key may be a secret. */
final class KeyText {

    static final byte ED25519 = 0x01;
    static final byte COSIGNATURE = 0x04;

    private static final String PRIVATE = "PRIVATE+KEY+";
    private static final int KEY_LENGTH = 32;

    // the Base64 may contain a '+' of its own, the name can't
    private static final Pattern TEXT = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+([A-Za-z0-9+/]+={0,2})");

    private static final Map<Byte, String> USES = Map.of(
            ED25519,
            "Ed25519 signatures",
            (byte) 0x02,
            "ECDSA signatures",
            COSIGNATURE,
            "Ed25519 cosignatures",
            (byte) 0x05,
            "RFC 6962 tree heads",
            (byte) 0x06,
            "ML-DSA-44 cosignatures");

    private final String name;
    private final String id;
    private final byte[] algorithmAndKey;
    private final String what;

    private KeyText(Matcher matcher, String what) {
        this.name = matcher.group(1);
        this.id = matcher.group(2);
        this.what = what;
        try {
            this.algorithmAndKey = Base64.getDecoder().decode(matcher.group(3));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(what + " is not Base64 in its last part", e);
        }
    }

    static KeyText ofVerifier(String vkey) {
        Matcher matcher = TEXT.matcher(vkey.endsWith("\n") ? vkey.substring(0, vkey.length() - 1) : vkey);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not a verifier key: " + vkey + ", expected name+id+key as in C2SP signed-note");
        }
        return new KeyText(matcher, "verifier key " + matcher.group(1) + "+" + matcher.group(2));
    }

    static KeyText ofPrivateKey(String text) {
        Matcher matcher = TEXT.matcher(text.startsWith(PRIVATE) ? text.substring(PRIVATE.length()) : "");
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "not the text of a private key (not shown), expected PRIVATE+KEY+name+id+key as in C2SP signed-note");
        }
        return new KeyText(matcher, "the private key of " + matcher.group(1));
    }

    static String write(String name, byte algorithm, byte[] publicKey) {
        return name + "+" + HexFormat.of().toHexDigits(NoteKeys.id(name, algorithm, publicKey)) + "+"
                + base64(algorithm, publicKey);
    }

    static String writePrivate(String name, byte algorithm, byte[] publicKey, byte[] seed) {
        return PRIVATE + name + "+" + HexFormat.of().toHexDigits(NoteKeys.id(name, algorithm, publicKey)) + "+"
                + base64(algorithm, seed);
    }

    private static String base64(byte algorithm, byte[] key) {
        byte[] bytes = new byte[1 + key.length];
        bytes[0] = algorithm;
        System.arraycopy(key, 0, bytes, 1, key.length);
        return Base64.getEncoder().encodeToString(bytes);
    }

    String name() {
        return name;
    }

    byte algorithm() {
        return algorithmAndKey[0];
    }

    /** The key's 32 bytes. */
    byte[] key() {
        if (algorithmAndKey.length != 1 + KEY_LENGTH) {
            throw new IllegalArgumentException(
                    what + " holds " + algorithmAndKey.length + " bytes, expected 33: the algorithm and 32 of the key");
        }
        return Arrays.copyOfRange(algorithmAndKey, 1, algorithmAndKey.length);
    }

    /** Refuses a text whose id is not that of the key. */
    void requireId(int expected) {
        String hex = HexFormat.of().toHexDigits(expected);
        if (!id.equals(hex)) {
            throw new IllegalArgumentException("the key of " + name + " has id " + hex + ", the text says " + id);
        }
    }

    IllegalArgumentException otherAlgorithm(String expected) {
        String hex = HexFormat.of().toHexDigits(algorithm());
        return new IllegalArgumentException(what + " is for algorithm 0x" + hex + " ("
                + USES.getOrDefault(algorithm(), "unknown") + "), expected " + expected);
    }
}
