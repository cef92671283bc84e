package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import java.math.BigInteger;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TimeStampReq;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * What an authority is asked: to say when it saw a hash (RFC 3161 §2.4.1, a {@code .tsq} file).
 *
 * <p>A request that {@link #of} makes has a nonce, asks for the certificates, and leaves the policy to the authority.
 * One that {@link #parse} reads may differ in all three. Immutable and thread-safe.
 *
 * @param imprint the hash to stamp: the SHA-256 of the data, or the root itself where a root is stamped
 * @param nonce what the answer must repeat, so that an old answer can't be played back; never negative
 * @param certificates whether the token should carry the authority's certificates
 * @param policy the OID of the policy to stamp under, in dotted digits
 */
public record TimestampRequest(
        Hash imprint, Optional<BigInteger> nonce, boolean certificates, Optional<String> policy) {

    private static final int NONCE_BITS = 128;

    /**
     * Creates a request.
     *
     * @param imprint the hash to stamp
     * @param nonce what the answer must repeat
     * @param certificates whether the token should carry the authority's certificates
     * @param policy the OID of the policy to stamp under, in dotted digits
     * @throws IllegalArgumentException if the nonce is negative, or the policy is not an OID
     */
    public TimestampRequest {
        requireNonNull(imprint, "imprint");
        nonce.filter(number -> number.signum() < 0).ifPresent(number -> {
            throw new IllegalArgumentException("nonce is " + number + ", expected no negative number");
        });
        policy.ifPresent(Oids::require);
    }

    /**
     * A new request, with a nonce of 128 random bits.
     *
     * @param imprint the SHA-256 of the data, or the root itself where a root is stamped
     * @param random where the nonce comes from; one that can be foretold lets an old answer pass for a new one
     * @return the request
     */
    public static TimestampRequest of(Hash imprint, RandomGenerator random) {
        byte[] bits = new byte[NONCE_BITS / Byte.SIZE];
        random.nextBytes(bits);
        return new TimestampRequest(imprint, Optional.of(new BigInteger(1, bits)), true, Optional.empty());
    }

    /**
     * Reads a request.
     *
     * @param der the content of a {@code .tsq} file
     * @return the request
     * @throws IllegalArgumentException if it is not one, is not canonical DER, has extensions, or its imprint is not a
     *     SHA-256; the message says why
     */
    public static TimestampRequest parse(byte[] der) {
        return Der.read(der, "a timestamp request", TimestampRequest::read);
    }

    private static TimestampRequest read(ASN1Primitive der) {
        TimeStampReq request = TimeStampReq.getInstance(der);
        if (!request.getVersion().hasValue(1)) {
            throw new IllegalArgumentException("version is " + request.getVersion() + ", expected 1");
        }
        if (request.getExtensions() != null) {
            throw new IllegalArgumentException("it has extensions, expected none");
        }
        return new TimestampRequest(
                TokenInfo.sha256(request.getMessageImprint()),
                Optional.ofNullable(request.getNonce()).map(ASN1Integer::getValue),
                request.getCertReq().isTrue(),
                Optional.ofNullable(request.getReqPolicy()).map(ASN1ObjectIdentifier::getId));
    }

    /**
     * The request as a file, or as the body of a POST with content type {@code application/timestamp-query}.
     *
     * @return DER, which {@link #parse} reads
     */
    public byte[] toBytes() {
        MessageImprint hashed =
                new MessageImprint(new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256), imprint.bytes());
        TimeStampReq request = new TimeStampReq(
                hashed,
                policy.map(ASN1ObjectIdentifier::new).orElse(null),
                nonce.map(ASN1Integer::new).orElse(null),
                ASN1Boolean.getInstance(certificates),
                null);
        return Der.encode(request);
    }
}
