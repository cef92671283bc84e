package io.vaultmesh.remembrancer.openpgp;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The certificates whose signatures count, each pinned by its full fingerprint.
 *
 * <p>A signature passes only if all of this holds: it names as its issuer a key of a pinned certificate, and no other;
 * it is a signature over a binary document (type 0x00; text signatures are refused, since they leave line ends open) made
 * with SHA-256, SHA-384 or SHA-512 by Ed25519, RSA of 2048 to 8192 bits or ECDSA over P-256, P-384 or P-521; it matches
 * the data; nothing in it is marked critical that isn't known here (no notation is), and nothing but the issuer's name
 * stands outside of what is signed; it is not expired itself, and not
 * made later than {@link #SKEW} after now; and at the time that it claims, the key
 *
 * <ul>
 *   <li>existed and had not expired, by its newest self-signature that is valid now;
 *   <li>was not revoked. A revocation that says that the key is superseded or retired counts from its time on; one for
 *       any other reason or none counts for ever, and so do all of them if they don't say when they were made;
 *   <li>was meant for signing, by its key flags. A primary key that states no flags may sign, a subkey may not;
 *   <li>as a subkey, was bound by a primary key for which all but the last point holds, and had signed the binding itself.
 * </ul>
 *
 * <p>Self-signatures by SHA-1 give nothing: collisions of key signatures were made in 2020 for the price of a car. A key
 * that has no other is refused, where GnuPG 2.2 accepts it; its holder signs anew with {@code gpg --quick-set-expire}. A
 * bare key, without any self-signature, was pinned knowingly and is taken as one that states neither expiry nor use.
 *
 * <p>Not guaranteed: that a signature was made when it says (see {@link PgpVerification#existedBy}), or that the pinned
 * certificates are the newest. Revokers that a key designates are not asked. A signature by a key that is not pinned is
 * not checked, and never passes. Immutable and thread-safe.
 */
public final class PgpKeyring {

    /** How far the signer's clock may be ahead: 5 minutes. */
    public static final Duration SKEW = Duration.ofMinutes(5);

    private final List<PgpCertificate> certificates;

    private PgpKeyring(List<PgpCertificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /**
     * A keyring in which no certificate is pinned.
     *
     * @return the keyring
     */
    public static PgpKeyring empty() {
        return new PgpKeyring(List.of());
    }

    /**
     * This keyring with one more certificate.
     *
     * @param fingerprint the fingerprint of its primary key, from a source that you trust
     * @param certificate the certificate
     * @return a keyring
     * @throws IllegalArgumentException if the certificate's primary key is another one, or is pinned already
     */
    public PgpKeyring pin(PgpFingerprint fingerprint, PgpCertificate certificate) {
        if (!certificate.fingerprint().equals(requireNonNull(fingerprint, "fingerprint"))) {
            throw new IllegalArgumentException(
                    "the certificate's fingerprint is " + certificate.fingerprint() + ", expected " + fingerprint);
        }
        List<PgpCertificate> more = new ArrayList<>(certificates);
        for (PgpCertificate pinned : certificates) {
            if (pinned.fingerprint().equals(fingerprint)) {
                throw new IllegalArgumentException(
                        "a certificate with the fingerprint " + fingerprint + " is pinned already, expected each once");
            }
        }
        more.add(certificate);
        return new PgpKeyring(more);
    }

    /**
     * The pinned certificates.
     *
     * @return the certificates, in the order in which they were pinned
     */
    public List<PgpCertificate> certificates() {
        return certificates;
    }

    /**
     * Verifies signatures over what a stream still holds. It is read once to its end, whatever the number of signatures,
     * in pieces, and not closed. What is found is about the bytes as they were read: that nobody changes them afterwards
     * is the caller's concern.
     *
     * @param signature the signatures
     * @param data the data that was signed
     * @param now the time at which to judge
     * @return a result for each signature
     * @throws UncheckedIOException if reading fails
     */
    public PgpVerification verify(PgpSignature signature, InputStream data, Instant now) {
        SignatureCheck check = new SignatureCheck(certificates, requireNonNull(now, "now"));
        try {
            DataDigests digests = DataDigests.of(data, signature.packets());
            return new PgpVerification(signature.packets().stream()
                    .map(packet -> check.judge(packet, digests))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the signed data: " + e, e);
        }
    }

    /**
     * Verifies signatures over a file's content, as {@link #verify(PgpSignature, InputStream, Instant)} does.
     *
     * @param signature the signatures
     * @param file the file that was signed
     * @param now the time at which to judge
     * @return a result for each signature
     * @throws UncheckedIOException if the file can't be read, or is no regular file
     */
    public PgpVerification verify(PgpSignature signature, Path file, Instant now) {
        try (InputStream stream = BoundedFile.open(file, "the file that was signed")) {
            return verify(signature, stream, now);
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + file + ": " + e, e);
        }
    }

    /**
     * Verifies signatures over some bytes, as {@link #verify(PgpSignature, InputStream, Instant)} does.
     *
     * @param signature the signatures
     * @param data the bytes that were signed
     * @param now the time at which to judge
     * @return a result for each signature
     */
    public PgpVerification verify(PgpSignature signature, byte[] data, Instant now) {
        return verify(signature, new ByteArrayInputStream(data), now);
    }

    @Override
    public String toString() {
        return "OpenPGP keyring of "
                + certificates.stream().map(PgpCertificate::fingerprint).toList();
    }
}
