package io.vaultmesh.remembrancer.openpgp;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A version 4 signature packet (RFC 9580 §5.2.3), read but not verified. The bytes that were signed are kept as they
 * stood, never written anew. Immutable.
 */
final class SignaturePacket {

    static final int BINARY_DOCUMENT = 0x00;
    static final int SUBKEY_BINDING = 0x18;
    static final int PRIMARY_KEY_BINDING = 0x19;
    static final int DIRECT_KEY = 0x1f;
    static final int KEY_REVOCATION = 0x20;
    static final int SUBKEY_REVOCATION = 0x28;
    static final int CERTIFICATION_REVOCATION = 0x30;

    private final byte[] body;
    private final int type;
    private final int keyAlgorithm;
    private final int hashAlgorithm;
    private final int signedLength;
    private final Subpackets hashed;
    private final Subpackets unhashed;
    private final byte[] digestStart;
    private final List<BigInteger> numbers;

    private SignaturePacket(byte[] body) {
        this.body = body;
        Octets octets = new Octets(body, "a signature");
        int version = octets.octet();
        if (version != 4) {
            throw new IllegalArgumentException("a signature has version " + version + ", expected 4");
        }
        type = octets.octet();
        keyAlgorithm = octets.octet();
        hashAlgorithm = octets.octet();
        hashed = Subpackets.read(octets.take(octets.number16()), true);
        signedLength = octets.position();
        unhashed = Subpackets.read(octets.take(octets.number16()), false);
        digestStart = octets.take(2);
        List<BigInteger> read = new ArrayList<>();
        int expected = KeyAlgorithm.of(keyAlgorithm)
                .map(KeyAlgorithm::signatureNumbers)
                .orElse(0);
        for (int i = 0; i < expected; i++) {
            read.add(octets.mpi());
        }
        if (expected > 0) {
            octets.end(); // what a signature of another algorithm holds isn't known, and it is never accepted
        }
        numbers = List.copyOf(read);
        for (int once : new int[] {Subpackets.CREATED, Subpackets.SIGNATURE_EXPIRES, Subpackets.KEY_EXPIRES}) {
            var unused = seconds(once); // malformed ones are found now, not when somebody asks
        }
    }

    static SignaturePacket read(byte[] body) {
        return new SignaturePacket(body.clone());
    }

    int type() {
        return type;
    }

    int keyAlgorithm() {
        return keyAlgorithm;
    }

    int hashAlgorithm() {
        return hashAlgorithm;
    }

    /** The numbers of the signature itself. */
    List<BigInteger> numbers() {
        return numbers;
    }

    Packet packet() {
        return new Packet(Packet.SIGNATURE, body);
    }

    /** The digest that is signed, over what the given one was fed with; it is used up. */
    byte[] digest(MessageDigest fed) {
        fed.update(body, 0, signedLength);
        fed.update(new byte[] {
            4,
            (byte) 0xff,
            (byte) (signedLength >> 24),
            (byte) (signedLength >> 16),
            (byte) (signedLength >> 8),
            (byte) signedLength
        });
        return fed.digest();
    }

    /** Whether the signature announces this digest. It is no proof, but a wrong announcement is a damaged signature. */
    boolean announces(byte[] digest) {
        return Arrays.equals(digest, 0, 2, digestStart, 0, 2);
    }

    Optional<Instant> created() {
        return seconds(Subpackets.CREATED).map(Instant::ofEpochSecond);
    }

    /** The end of the signature's own validity. */
    Optional<Instant> expires() {
        return created()
                .flatMap(from -> seconds(Subpackets.SIGNATURE_EXPIRES)
                        .filter(seconds -> seconds != 0) // which means never
                        .map(from::plusSeconds));
    }

    /** The seconds after its creation at which the key expires. */
    Optional<Long> keyValidity() {
        return seconds(Subpackets.KEY_EXPIRES).filter(seconds -> seconds != 0);
    }

    private Optional<Long> seconds(int subpacket) {
        return hashed.first(subpacket).map(octets -> {
            long seconds = octets.number32();
            octets.end();
            return seconds;
        });
    }

    /** The first octet of the key flags; empty if none are stated. */
    Optional<Integer> keyFlags() {
        return hashed.first(Subpackets.KEY_FLAGS).map(octets -> octets.atEnd() ? 0 : octets.octet());
    }

    /** Whether a revocation says that the key was merely retired or superseded; without a reason it is the worst one. */
    boolean isSoftRevocation() {
        return hashed.first(Subpackets.REVOCATION_REASON)
                .filter(octets -> !octets.atEnd())
                .map(Octets::octet)
                .filter(reason -> reason == 1 || reason == 3)
                .isPresent();
    }

    /** The signatures inside this one, hashed or not: each is checked for itself. */
    List<SignaturePacket> embedded() {
        List<SignaturePacket> embedded = new ArrayList<>();
        for (Subpackets area : List.of(hashed, unhashed)) {
            area.all(Subpackets.EMBEDDED_SIGNATURE).forEach(octets -> embedded.add(read(octets.rest())));
        }
        return embedded;
    }

    /** Whether the signature names an issuer, and names no other key than this one. */
    boolean names(PgpFingerprint key) {
        List<PgpFingerprint> fingerprints = issuerFingerprints();
        List<Long> keyIds = new ArrayList<>();
        int others = 0;
        for (Subpackets area : List.of(hashed, unhashed)) {
            area.all(Subpackets.ISSUER_KEY_ID).forEach(octets -> keyIds.add(octets.keyId()));
            others += area.all(Subpackets.ISSUER_FINGERPRINT).size();
        }
        return others + keyIds.size() > 0
                && others == fingerprints.size()
                && fingerprints.stream().allMatch(key::equals)
                && keyIds.stream().allMatch(id -> id == key.keyId());
    }

    /** The version 4 fingerprints that the signature names as its issuer's. */
    List<PgpFingerprint> issuerFingerprints() {
        List<PgpFingerprint> fingerprints = new ArrayList<>();
        for (Subpackets area : List.of(hashed, unhashed)) {
            for (Octets octets : area.all(Subpackets.ISSUER_FINGERPRINT)) {
                byte[] value = octets.rest();
                if (value.length == 1 + PgpFingerprint.LENGTH && value[0] == 4) {
                    fingerprints.add(PgpFingerprint.of(Arrays.copyOfRange(value, 1, value.length)));
                }
            }
        }
        return fingerprints;
    }

    /** The first subpacket that the signer didn't sign and that is no mere hint: anybody may have added it. */
    Optional<Integer> unsigned() {
        return unhashed.beyondHints();
    }

    /** What forbids to accept the signature whoever made it: a broken hash, or something critical that isn't known. */
    Optional<String> flaw() {
        Optional<String> weak = HashAlgorithm.flaw(hashAlgorithm);
        if (weak.isPresent()) {
            return weak;
        }
        Optional<Integer> critical = hashed.notUnderstood().or(unhashed::notUnderstood);
        if (critical.isPresent()) {
            return Optional.of("it has the critical subpacket " + critical.get() + ", which isn't known here");
        }
        return created().isPresent() ? Optional.empty() : Optional.of("it doesn't say when it was made");
    }
}
