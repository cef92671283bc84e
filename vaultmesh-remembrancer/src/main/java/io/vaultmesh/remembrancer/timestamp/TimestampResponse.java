package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.hash.Hash;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;

/**
 * What an authority answered (RFC 3161 §2.4.2, a {@code .tsr} file): a token, or why there is none. It proves nothing
 * until a {@link TimestampVerifier} says so, and shows nothing of the token before.
 *
 * <p>Its bytes, and so its hash, are no identity: the status text, certificates that no chain needs, and other unsigned
 * parts can be changed by anybody, and the token still verifies.
 *
 * <p>Immutable and thread-safe.
 */
public final class TimestampResponse {

    private static final String[] STATUS = {
        "granted", "granted with modifications", "rejection", "waiting", "revocation warning", "revocation notification"
    };
    private static final int GRANTED_WITH_MODIFICATIONS = 1;
    private static final int WAITING = 3;
    private static final int NOT_OF_THE_REQUEST = PKIFailureInfo.timeNotAvailable | PKIFailureInfo.systemFailure;

    private final byte[] bytes;
    private final String status;
    private final boolean passing;
    private final Optional<SignedToken> token;

    private TimestampResponse(byte[] bytes, String status, boolean passing, Optional<SignedToken> token) {
        this.bytes = bytes;
        this.status = status;
        this.passing = passing;
        this.token = token;
    }

    /**
     * Reads an answer.
     *
     * @param der the content of a {@code .tsr} file
     * @return the answer, not verified
     * @throws IllegalArgumentException if it is not one, is not canonical DER, has more than 1 MiB, is granted without a
     *     token or refused with one, or if its token doesn't have exactly one signature over an imprint by SHA-256; the
     *     message says why
     */
    public static TimestampResponse parse(byte[] der) {
        byte[] copy = der.clone();
        return Der.read(copy, "a timestamp response", asn1 -> read(copy, asn1));
    }

    private static TimestampResponse read(byte[] bytes, ASN1Primitive asn1) {
        TimeStampResp response = TimeStampResp.getInstance(asn1);
        Der.requireSame(response, asn1);
        PKIStatusInfo info = response.getStatus();
        BigInteger code = info.getStatus();
        if (code.signum() < 0 || code.compareTo(BigInteger.valueOf(STATUS.length)) >= 0) {
            throw new IllegalArgumentException("status is " + code + ", expected 0 to " + (STATUS.length - 1));
        }
        boolean granted = code.intValue() <= GRANTED_WITH_MODIFICATIONS;
        if (granted != (response.getTimeStampToken() != null)) {
            throw new IllegalArgumentException("status is " + STATUS[code.intValue()] + ", expected "
                    + (granted ? "a token with it" : "no token with it"));
        }
        String status = STATUS[code.intValue()] + text(info);
        return new TimestampResponse(
                bytes,
                status,
                isPassing(info),
                Optional.ofNullable(response.getTimeStampToken()).map(SignedToken::read));
    }

    private static boolean isPassing(PKIStatusInfo info) {
        ASN1BitString failures = info.getFailInfo();
        return info.getStatus().intValue() == WAITING
                || (failures != null && (failures.intValue() & NOT_OF_THE_REQUEST) != 0);
    }

    private static String text(PKIStatusInfo info) {
        StringBuilder text = new StringBuilder();
        for (int i = 0;
                info.getStatusString() != null && i < info.getStatusString().size();
                i++) {
            text.append(i == 0 ? ": " : " ")
                    .append(info.getStatusString().getStringAtUTF8(i).getString());
        }
        if (info.getFailInfo() != null) {
            text.append(" (failure bits ")
                    .append(info.getFailInfo().getString())
                    .append(')');
        }
        return text.toString();
    }

    /**
     * Whether there is a token.
     *
     * @return {@code false} if the authority refused; {@link #status()} says why
     */
    public boolean granted() {
        return token.isPresent();
    }

    /**
     * Whether the authority refused for a reason of its own, and not of the request: it is waiting for something, its clock is
     * not available, or it has failed ({@code waiting}, {@code timeNotAvailable}, {@code systemFailure}).
     *
     * @return {@code true} if the same request may be granted later
     */
    public boolean isPassing() {
        return passing;
    }

    /**
     * The authority's status with its own text, which nobody signed.
     *
     * @return for example {@code rejection: unsupported algorithm}
     */
    public String status() {
        return status;
    }

    /**
     * Whether it has a token that says to be over something. Nothing is verified by that.
     *
     * @param imprint the SHA-256 hash of what is stamped
     * @return {@code false} if it is over something else, or has no token
     */
    public boolean isOver(Hash imprint) {
        return token.map(SignedToken::info).map(TokenInfo::imprint).equals(Optional.of(imprint));
    }

    /**
     * The answer as a file.
     *
     * @return a copy of the bytes that were read
     */
    public byte[] toBytes() {
        return bytes.clone();
    }

    Optional<SignedToken> token() {
        return token;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TimestampResponse response && Arrays.equals(bytes, response.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "timestamp response, " + status;
    }
}
