package io.vaultmesh.remembrancer.openpgp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;

/** A version 4 public key or subkey packet (RFC 9580 §5.5.2). Immutable. */
final class KeyPacket {

    private static final int ALGORITHM_AT = 5;

    private final byte[] body;
    private final Instant created;
    private final VerificationKey key;
    private final PgpFingerprint fingerprint;

    private KeyPacket(byte[] body, Instant created, VerificationKey key) {
        this.body = body;
        this.created = created;
        this.key = key;
        this.fingerprint = PgpFingerprint.of(sha1(hashed(body)));
    }

    static KeyPacket read(byte[] body) {
        Octets octets = new Octets(body, "a public key");
        KeyPacket packet = read(octets, body);
        octets.end();
        return packet;
    }

    /**
     * The public key at the start of a secret key packet, whose secret part is not read. Of an algorithm that isn't known,
     * nobody can say where the public part ends: the secret would stand in the certificate.
     */
    static KeyPacket readFromSecret(byte[] body) {
        if (body.length > ALGORITHM_AT
                && KeyAlgorithm.of(body[ALGORITHM_AT] & 0xff).isEmpty()) {
            throw new IllegalArgumentException("a secret key is of " + KeyAlgorithm.name(body[ALGORITHM_AT] & 0xff)
                    + ", expected RSA, EdDSA or ECDSA");
        }
        return read(new Octets(body, "a secret key"), body);
    }

    private static KeyPacket read(Octets octets, byte[] body) {
        int version = octets.octet();
        if (version != 4) {
            throw new IllegalArgumentException("a key has version " + version + ", expected 4");
        }
        Instant created = Instant.ofEpochSecond(octets.number32());
        VerificationKey key = VerificationKeys.read(octets.octet(), octets);
        return new KeyPacket(Arrays.copyOf(body, octets.position()), created, key);
    }

    byte[] body() {
        return body;
    }

    Instant created() {
        return created;
    }

    VerificationKey key() {
        return key;
    }

    PgpFingerprint fingerprint() {
        return fingerprint;
    }

    /** What signatures over a key are made over. */
    byte[] hashed() {
        return hashed(body);
    }

    private static byte[] hashed(byte[] body) {
        if (body.length > 0xffff) {
            throw new IllegalArgumentException("a key has " + body.length + " bytes, expected at most 65535");
        }
        byte[] hashed = new byte[3 + body.length];
        hashed[0] = (byte) 0x99;
        hashed[1] = (byte) (body.length >> 8);
        hashed[2] = (byte) body.length;
        System.arraycopy(body, 0, hashed, 3, body.length);
        return hashed;
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes); // what the format names keys by
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-1, which every Java platform must have", e);
        }
    }
}
