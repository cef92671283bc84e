package io.vaultmesh.remembrancer.openpgp;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An OpenPGP certificate: a version 4 public key with its subkeys, its user ids, and what its holder signed about them.
 *
 * <p>Guarantees: exactly one certificate was in the input and nothing else; every signature in it that the key is said
 * to have made about itself was verified with that key, by SHA-256, SHA-384, SHA-512 or, for what it takes away only,
 * SHA-1; an Ed25519 key has no small order. Not guaranteed: that it belongs to whom its user ids name, that it is whole
 * (an expiry or a revocation can be cut out of a file without a trace), or that it is the newest. Pin it by its full
 * fingerprint in a {@link PgpKeyring}, from a source that you trust.
 *
 * <p>Signatures of others about the key are ignored, and so are revokers that it designates. Immutable and thread-safe.
 * Two are equal if their bytes are.
 */
public final class PgpCertificate {

    private final List<Packet> packets;
    private final CertificateParts parts;

    private PgpCertificate(List<Packet> packets) {
        this.packets = List.copyOf(packets);
        this.parts = CertificateReader.read(this.packets);
    }

    /**
     * Reads a certificate.
     *
     * @param bytes a public key, armored (RFC 9580 §6) or binary, of at most 1 MiB
     * @return the certificate
     * @throws IllegalArgumentException if that is not exactly one certificate: the message says what it is instead. A
     *     damaged signature of the key about itself is refused too, and so is a secret key
     */
    public static PgpCertificate parse(byte[] bytes) {
        return of(Packet.readAll(Armor.unwrap(bytes, Armor.PUBLIC_KEY)));
    }

    /**
     * Reads a certificate from a file.
     *
     * @param file the file; no more than 1 MiB of it is read
     * @return the certificate
     * @throws IllegalArgumentException as {@link #parse} throws it
     * @throws UncheckedIOException if the file can't be read, or is no regular file
     */
    public static PgpCertificate read(Path file) {
        return parse(BoundedFile.read(file, "a file with an OpenPGP certificate"));
    }

    static PgpCertificate of(List<Packet> packets) {
        return new PgpCertificate(packets);
    }

    /**
     * The fingerprint of the primary key.
     *
     * @return the fingerprint
     */
    public PgpFingerprint fingerprint() {
        return parts.primary().fingerprint();
    }

    /**
     * The fingerprints of the subkeys, whatever they are for and whether they are valid or not.
     *
     * @return the fingerprints, in order
     */
    public List<PgpFingerprint> subkeys() {
        return parts.subkeys().stream()
                .map(subkey -> subkey.key().fingerprint())
                .toList();
    }

    /**
     * The user ids that the key's holder signed, by SHA-256 or better, and has not revoked. They are claims of the holder.
     *
     * @return the texts, in order; bytes that aren't UTF-8 are replaced
     */
    public List<String> userIds() {
        return parts.userIds().stream()
                .filter(CertificateParts.UserId::isCertified)
                .map(CertificateParts.UserId::text)
                .toList();
    }

    /**
     * The user ids that anybody may have added: those that the key's holder did not sign, or only by SHA-1, or revoked.
     *
     * @return the texts, in order; bytes that aren't UTF-8 are replaced
     */
    public List<String> uncertifiedUserIds() {
        return parts.userIds().stream()
                .filter(userId -> !userId.isCertified())
                .map(CertificateParts.UserId::text)
                .toList();
    }

    /**
     * The certificate in the binary form.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return Packet.writeAll(packets);
    }

    /**
     * The certificate in ASCII armor, as {@code gpg --armor --export} writes it.
     *
     * @return lines that end in {@code \n}
     */
    public String toArmor() {
        return Armor.wrap(toBytes(), Armor.PUBLIC_KEY);
    }

    CertificateParts parts() {
        return parts;
    }

    List<Packet> packets() {
        return packets;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PgpCertificate certificate && Arrays.equals(toBytes(), certificate.toBytes());
    }

    @Override
    public int hashCode() {
        return fingerprint().hashCode();
    }

    /** The fingerprint. */
    @Override
    public String toString() {
        return "OpenPGP certificate " + fingerprint();
    }
}
