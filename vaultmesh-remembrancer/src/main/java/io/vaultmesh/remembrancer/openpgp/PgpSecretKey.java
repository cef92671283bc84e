package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * An OpenPGP secret key, generated here or exported from GnuPG, which signs.
 *
 * <p>Guarantees: what it makes, GnuPG 2.2 accepts: version 4 packets, Ed25519 as algorithm 22 or RSA, SHA-256 (SHA-384
 * and SHA-512 where an imported ECDSA key needs them). Every signature is verified before it is given out. An {@link
 * #export} is always protected by a passphrase: AES-256 in CFB mode, the passphrase hashed over 8 MiB by SHA-256. No
 * text or message of this class holds a secret.
 *
 * <p>Passphrases: a method that takes one works on a copy, which it overwrites before it returns; the array that was
 * given in is the caller's, to overwrite as soon as the call is done. Not guaranteed: that no trace of the secret stays
 * in the memory of the process. {@link #close} lets go of the key, and Java decides when it is overwritten.
 *
 * <p>Thread-safe.
 */
public final class PgpSecretKey implements AutoCloseable {

    private static final long LAST_SECOND = 0xffffffffL;
    private static final int MAX_USER_ID = 2048; // what GnuPG takes

    private final PgpCertificate certificate;
    private volatile List<SecretPart> parts;

    private PgpSecretKey(PgpCertificate certificate, List<SecretPart> parts) {
        this.certificate = certificate;
        this.parts = List.copyOf(parts);
    }

    /**
     * Makes an Ed25519 key that certifies and signs, and never expires.
     *
     * @param userId whom it is for, such as {@code Build <build@example.org>}
     * @param created when it is made; cut to seconds
     * @param random where its secret comes from
     * @return the key
     * @throws IllegalArgumentException if the user id is blank, longer than 2048 bytes or has control characters, or the
     *     time is not from 1970 to 2106
     */
    public static PgpSecretKey generateEd25519(String userId, Instant created, SecureRandom random) {
        return generate(KeyMaker.ed25519(time(created), random), userId, Optional.empty());
    }

    /**
     * Makes an Ed25519 key that certifies and signs, and expires.
     *
     * @param userId whom it is for, such as {@code Build <build@example.org>}
     * @param created when it is made; cut to seconds
     * @param validity how long it is valid from then on; cut to seconds
     * @param random where its secret comes from
     * @return the key
     * @throws IllegalArgumentException as {@link #generateEd25519(String, Instant, SecureRandom)} throws it, and if the
     *     validity is not from 1 to 2^32 - 1 seconds
     */
    public static PgpSecretKey generateEd25519(String userId, Instant created, Duration validity, SecureRandom random) {
        return generate(KeyMaker.ed25519(time(created), random), userId, Optional.of(validity));
    }

    /**
     * Makes an RSA key that certifies and signs, and never expires.
     *
     * @param bits the length of its modulus, from 2048 to 8192; 3072 is as strong as 128 bits
     * @param userId whom it is for, such as {@code Build <build@example.org>}
     * @param created when it is made; cut to seconds
     * @param random where its secret comes from
     * @return the key
     * @throws IllegalArgumentException as {@link #generateEd25519(String, Instant, SecureRandom)} throws it, and if the
     *     length is another one
     */
    public static PgpSecretKey generateRsa(int bits, String userId, Instant created, SecureRandom random) {
        return generate(KeyMaker.rsa(rsaBits(bits), time(created), random), userId, Optional.empty());
    }

    /**
     * Makes an RSA key that certifies and signs, and expires.
     *
     * @param bits the length of its modulus, from 2048 to 8192; 3072 is as strong as 128 bits
     * @param userId whom it is for, such as {@code Build <build@example.org>}
     * @param created when it is made; cut to seconds
     * @param validity how long it is valid from then on; cut to seconds
     * @param random where its secret comes from
     * @return the key
     * @throws IllegalArgumentException as the other ways to make a key throw it
     */
    public static PgpSecretKey generateRsa(
            int bits, String userId, Instant created, Duration validity, SecureRandom random) {
        return generate(KeyMaker.rsa(rsaBits(bits), time(created), random), userId, Optional.of(validity));
    }

    private static PgpSecretKey generate(SecretPart part, String userId, Optional<Duration> validity) {
        byte[] name = userId.getBytes(UTF_8);
        if (userId.isBlank() || name.length > MAX_USER_ID || userId.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("userId is blank, has control characters or has more than " + MAX_USER_ID
                    + " bytes, expected something like: Build <build@example.org>");
        }
        validity.ifPresent(time -> {
            if (time.toSeconds() < 1 || time.toSeconds() > LAST_SECOND) {
                throw new IllegalArgumentException(
                        "validity is " + time + ", expected 1 to " + LAST_SECOND + " seconds");
            }
        });
        SignaturePacket certification =
                SignatureMaker.certification(part, part.key().created(), userId, validity);
        PgpCertificate certificate = PgpCertificate.of(List.of(
                new Packet(Packet.PUBLIC_KEY, part.key().body()),
                new Packet(Packet.USER_ID, name),
                certification.packet()));
        return new PgpSecretKey(certificate, List.of(part));
    }

    private static int rsaBits(int bits) {
        if (bits < VerificationKeys.MIN_RSA_BITS || bits > VerificationKeys.MAX_RSA_BITS) {
            throw new IllegalArgumentException("bits of an RSA key are " + bits + ", expected "
                    + VerificationKeys.MIN_RSA_BITS + " to " + VerificationKeys.MAX_RSA_BITS);
        }
        return bits;
    }

    private static Instant time(Instant time) {
        Instant seconds = time.truncatedTo(ChronoUnit.SECONDS);
        if (seconds.getEpochSecond() < 0 || seconds.getEpochSecond() > LAST_SECOND) {
            throw new IllegalArgumentException("the time is " + time + ", expected one from 1970 to 2106");
        }
        return seconds;
    }

    /**
     * Reads a secret key, as {@code gpg --armor --export-secret-keys} or {@link #export} writes it. A primary key without
     * its secret ({@code --export-secret-subkeys}) is read too; its subkeys sign.
     *
     * @param bytes the key, armored or binary, of at most 1 MiB
     * @param passphrase its passphrase; empty for a key that isn't protected by one
     * @return the key; the caller closes it
     * @throws IllegalArgumentException if the passphrase is wrong, or one is given to a key that isn't protected, or the
     *     bytes are not exactly one secret key in the protection of GnuPG 2.2, or its secret doesn't belong to its public
     *     key; the message says what
     */
    public static PgpSecretKey parse(byte[] bytes, char[] passphrase) {
        List<Packet> packets = new ArrayList<>();
        List<Packet> secrets = new ArrayList<>();
        for (Packet packet : Packet.readAll(Armor.unwrap(bytes, Armor.SECRET_KEY))) {
            switch (packet.tag()) {
                case Packet.SECRET_KEY, Packet.SECRET_SUBKEY -> {
                    int tag = packet.tag() == Packet.SECRET_KEY ? Packet.PUBLIC_KEY : Packet.PUBLIC_SUBKEY;
                    packets.add(new Packet(
                            tag, KeyPacket.readFromSecret(packet.body()).body()));
                    secrets.add(packet);
                }
                case Packet.PUBLIC_KEY, Packet.PUBLIC_SUBKEY ->
                    throw new IllegalArgumentException(
                            "this is a public key, expected a secret one; PgpCertificate.parse reads it");
                default -> packets.add(packet);
            }
        }
        PgpCertificate certificate = PgpCertificate.of(packets);
        try (Passphrase copy = new Passphrase(passphrase)) {
            List<SecretPart> parts = secrets.stream()
                    .map(secret -> SecretProtection.read(secret, copy))
                    .toList();
            parts.forEach(PgpSecretKey::requireConsistent);
            return new PgpSecretKey(certificate, parts);
        }
    }

    /** Finds at once what every signature would find: a public key that isn't the secret one's. */
    private static void requireConsistent(SecretPart part) {
        if (!part.canSign()) {
            return;
        }
        try {
            var unused = SignatureMaker.document(part, part.key().created(), InputStream.nullInputStream());
        } catch (IllegalStateException | IOException e) {
            throw new IllegalArgumentException(
                    "the secret key " + part.key().fingerprint() + " can't sign: " + e.getMessage(), e);
        }
    }

    /**
     * The public key, to give to others.
     *
     * @return the certificate
     */
    public PgpCertificate certificate() {
        return certificate;
    }

    /**
     * Signs what a stream still holds. It is read to its end, in pieces, and not closed. The newest subkey that may sign
     * at that time does; if there is none, the primary key.
     *
     * @param data the data
     * @param at the time that the signature states; cut to seconds
     * @return one detached signature
     * @throws IllegalArgumentException if the time is not from 1970 to 2106
     * @throws IllegalStateException if this is closed, or no key may sign at that time: expired, revoked, not meant for it
     * @throws UncheckedIOException if reading fails
     */
    public PgpSignature sign(InputStream data, Instant at) {
        Instant second = time(at);
        SecretPart signer = signer(second);
        try {
            return PgpSignature.of(SignatureMaker.document(signer, second, data));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the data to sign: " + e, e);
        }
    }

    /**
     * Signs a file's content, as {@link #sign(InputStream, Instant)} does.
     *
     * @param file the file
     * @param at the time that the signature states; cut to seconds
     * @return one detached signature
     * @throws IllegalArgumentException if the time is not from 1970 to 2106
     * @throws IllegalStateException if this is closed, or no key may sign at that time
     * @throws UncheckedIOException if the file can't be read, or is no regular file
     */
    public PgpSignature sign(Path file, Instant at) {
        try (InputStream stream = BoundedFile.open(file, "a file to sign")) {
            return sign(stream, at);
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + file + ": " + e, e);
        }
    }

    /**
     * Signs some bytes, as {@link #sign(InputStream, Instant)} does.
     *
     * @param data the bytes
     * @param at the time that the signature states; cut to seconds
     * @return one detached signature
     * @throws IllegalArgumentException if the time is not from 1970 to 2106
     * @throws IllegalStateException if this is closed, or no key may sign at that time
     */
    public PgpSignature sign(byte[] data, Instant at) {
        return sign(new ByteArrayInputStream(data), at);
    }

    private SecretPart signer(Instant at) {
        KeyState state = new KeyState(certificate.parts(), at);
        List<String> flaws = new ArrayList<>();
        List<SecretPart> able = new ArrayList<>();
        for (SecretPart part : open()) {
            Optional<String> flaw = part.secret().isEmpty()
                    ? Optional.of("its secret is not here")
                    : state.flaw(certificate.parts().key(part.key().fingerprint()), at);
            flaw.ifPresentOrElse(why -> flaws.add(part.key().fingerprint() + ": " + why), () -> able.add(part));
        }
        return able.stream()
                .max(Comparator.comparing((SecretPart part) -> part.original().tag() == Packet.SECRET_SUBKEY)
                        .thenComparing(part -> part.key().created()))
                .orElseThrow(
                        () -> new IllegalStateException("no key may sign at " + at + ": " + String.join("; ", flaws)));
    }

    /**
     * The secret key in ASCII armor, protected, as {@code gpg --import} reads it.
     *
     * @param passphrase the passphrase to protect it with; its characters are encoded as UTF-8
     * @return lines that end in {@code \n}
     * @throws IllegalArgumentException if the passphrase is empty: no secret leaves without protection
     * @throws IllegalStateException if this is closed
     */
    public String export(char[] passphrase) {
        List<SecretPart> open = open();
        try (Passphrase copy = new Passphrase(passphrase)) {
            if (copy.isEmpty()) {
                throw new IllegalArgumentException(
                        "the passphrase is empty, expected one that protects the secret key");
            }
            List<Packet> packets = new ArrayList<>();
            int next = 0;
            for (Packet packet : certificate.packets()) {
                boolean key = packet.tag() == Packet.PUBLIC_KEY || packet.tag() == Packet.PUBLIC_SUBKEY;
                packets.add(key ? SecretProtection.write(open.get(next++), copy) : packet);
            }
            return Armor.wrap(Packet.writeAll(packets), Armor.SECRET_KEY);
        }
    }

    private List<SecretPart> open() {
        List<SecretPart> open = parts;
        if (open.isEmpty()) {
            throw new IllegalStateException("secret key " + certificate.fingerprint() + " is closed, expected it open");
        }
        return open;
    }

    /** Lets go of the secret. What was signed stays valid; a second call does nothing. */
    @Override
    public void close() {
        parts = List.of();
    }

    /** Only the fingerprint: never the secret. */
    @Override
    public String toString() {
        return "OpenPGP secret key " + certificate.fingerprint();
    }
}
