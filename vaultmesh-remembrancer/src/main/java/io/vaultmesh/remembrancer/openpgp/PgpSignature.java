package io.vaultmesh.remembrancer.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One or more detached OpenPGP signatures over the same data, as one {@code .asc} file holds them.
 *
 * <p>A value that was read, not verified: that is {@link PgpKeyring}'s. Guarantees: the input held version 4 signatures
 * and nothing else, so that no second block or trailing data escapes the eye. Without effect on anything, so
 * that a change of it goes unnoticed: the armor's headers, the white space at the ends of its lines, their lengths, blank
 * lines around it, and the absence of a checksum. {@link #toArmor} keeps none of them.
 *
 * <p>Immutable and thread-safe. Two are equal if their signatures are the same in the same order.
 */
public final class PgpSignature {

    /** How many signatures one file may hold: each costs a verification. */
    public static final int MAX_SIGNATURES = 100;

    private final List<SignaturePacket> signatures;

    private PgpSignature(List<SignaturePacket> signatures) {
        this.signatures = List.copyOf(signatures);
        if (signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException(
                    "there are " + signatures.size() + " signatures, expected at most " + MAX_SIGNATURES);
        }
    }

    /**
     * Reads signatures.
     *
     * @param bytes detached signatures, armored (RFC 9580 §6) or binary, of at most 1 MiB: exactly one armor block, whose
     *     checksum is right if it has one, with nothing but blank lines around it
     * @return the signatures
     * @throws IllegalArgumentException if that is anything else; the message says what
     */
    public static PgpSignature parse(byte[] bytes) {
        List<SignaturePacket> signatures = new ArrayList<>();
        for (Packet packet : Packet.readAll(Armor.unwrap(bytes, Armor.SIGNATURE))) {
            if (packet.tag() != Packet.SIGNATURE) {
                throw new IllegalArgumentException(
                        "there is a packet of type " + packet.tag() + ", expected detached signatures only");
            }
            signatures.add(SignaturePacket.read(packet.body()));
        }
        return new PgpSignature(signatures);
    }

    static PgpSignature of(SignaturePacket signature) {
        return new PgpSignature(List.of(signature));
    }

    /**
     * Reads signatures from a file.
     *
     * @param file the file; no more than 1 MiB of it is read
     * @return the signatures
     * @throws IllegalArgumentException as {@link #parse} throws it
     * @throws UncheckedIOException if the file can't be read, or is no regular file
     */
    public static PgpSignature read(Path file) {
        return parse(BoundedFile.read(file, "a file with an OpenPGP signature"));
    }

    /**
     * These signatures and then those of another signer, in one file.
     *
     * @param other signatures over the same data
     * @return all of them
     * @throws IllegalArgumentException if they are more than {@link #MAX_SIGNATURES}
     */
    public PgpSignature and(PgpSignature other) {
        List<SignaturePacket> all = new ArrayList<>(signatures);
        all.addAll(other.signatures);
        return new PgpSignature(all);
    }

    /**
     * How many signatures there are.
     *
     * @return at least 1
     */
    public int count() {
        return signatures.size();
    }

    /**
     * The signatures in the binary form.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return Packet.writeAll(signatures.stream().map(SignaturePacket::packet).toList());
    }

    /**
     * The signatures in ASCII armor, as {@code gpg --armor --detach-sign} writes them.
     *
     * @return lines that end in {@code \n}
     */
    public String toArmor() {
        return Armor.wrap(toBytes(), Armor.SIGNATURE);
    }

    /**
     * The SHA-256 of {@link #toArmor}: what to have timestamped, to prove that the signatures existed by then. It is the
     * hash of the file only if that was written so, as GnuPG 2.2 and {@link PgpSecretKey} do.
     *
     * @return the hash
     */
    public Hash digest() {
        return Hashing.sha256(toArmor().getBytes(US_ASCII));
    }

    List<SignaturePacket> packets() {
        return signatures;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PgpSignature signature && toArmor().equals(signature.toArmor());
    }

    @Override
    public int hashCode() {
        return toArmor().hashCode();
    }

    /** The armored text. */
    @Override
    public String toString() {
        return toArmor();
    }
}
