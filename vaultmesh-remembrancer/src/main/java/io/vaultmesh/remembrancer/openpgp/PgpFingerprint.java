package io.vaultmesh.remembrancer.openpgp;

import static java.util.Objects.requireNonNull;

import java.util.HexFormat;
import java.util.Locale;

/**
 * The fingerprint of a version 4 OpenPGP key: the SHA-1 of its public packet (RFC 4880 §12.2, RFC 9580 §5.5.4.2), 20
 * bytes. Unlike a key id it is long enough to pin: nobody is known to be able to make a second key for one.
 *
 * <p>Immutable and thread-safe.
 *
 * @param hex 40 upper-case hex digits, as GnuPG prints them
 */
public record PgpFingerprint(String hex) {

    /** The length of a fingerprint in bytes. */
    public static final int LENGTH = 20;

    /**
     * Creates a fingerprint.
     *
     * @param hex 40 upper-case hex digits, as GnuPG prints them
     * @throws IllegalArgumentException if the text is anything else
     */
    public PgpFingerprint {
        if (!requireNonNull(hex, "hex").matches("[0-9A-F]{40}")) {
            throw new IllegalArgumentException("a fingerprint is written as 40 hex digits, this is: " + shown(hex));
        }
    }

    /**
     * A fingerprint from text.
     *
     * @param text 40 hex digits of either case, with spaces anywhere between them
     * @return the fingerprint
     * @throws IllegalArgumentException if the text is anything else; a key id of 8 or 16 digits is not enough
     */
    public static PgpFingerprint parse(String text) {
        String digits = text.replace(" ", "");
        if (!digits.matches("[0-9A-Fa-f]{40}")) { // before the case is changed: other letters become A to F by it
            throw new IllegalArgumentException("a fingerprint is written as 40 hex digits, this is: " + shown(text));
        }
        return new PgpFingerprint(digits.toUpperCase(Locale.ROOT));
    }

    static PgpFingerprint of(byte[] bytes) {
        return new PgpFingerprint(HexFormat.of().withUpperCase().formatHex(bytes));
    }

    /** The last 8 bytes: what old packets name a key by. Never enough to trust a key. */
    long keyId() {
        return Long.parseUnsignedLong(hex, 24, 40, 16);
    }

    private static String shown(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "…";
    }

    /** The 40 upper-case hex digits. */
    @Override
    public String toString() {
        return hex;
    }
}
