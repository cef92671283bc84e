package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.hash.Hash;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extensions;
import org.jspecify.annotations.Nullable;

/**
 * What a token says (TSTInfo, RFC 3161 §2.4.2), whether or not it is true.
 *
 * @param imprint what was stamped; only SHA-256 is read
 */
record TokenInfo(
        Hash imprint,
        String policy,
        BigInteger serial,
        Instant genTime,
        Optional<Duration> accuracy,
        Optional<BigInteger> nonce) {

    /** DER: to the second or finer, always UTC. */
    private static final DateTimeFormatter GENERALIZED_TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuuMMddHHmmss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter()
            .withResolverStyle(ResolverStyle.STRICT);

    static TokenInfo read(ASN1Primitive der) {
        TSTInfo info = TSTInfo.getInstance(der);
        if (!info.getVersion().hasValue(1)) {
            throw new IllegalArgumentException("version is " + info.getVersion() + ", expected 1");
        }
        Extensions extensions = info.getExtensions();
        if (extensions != null && extensions.hasAnyCriticalExtensions()) {
            throw new IllegalArgumentException("it has critical extensions, expected none");
        }
        return new TokenInfo(
                sha256(info.getMessageImprint()),
                info.getPolicy().getId(),
                info.getSerialNumber().getValue(),
                instant(info.getGenTime().getTimeString()),
                Optional.ofNullable(info.getAccuracy()).map(TokenInfo::duration),
                Optional.ofNullable(info.getNonce()).map(ASN1Integer::getValue));
    }

    static Hash sha256(MessageImprint imprint) {
        AlgorithmIdentifier algorithm = imprint.getHashAlgorithm();
        boolean plain = algorithm.getParameters() == null
                || DERNull.INSTANCE.equals(algorithm.getParameters().toASN1Primitive());
        if (!NISTObjectIdentifiers.id_sha256.equals(algorithm.getAlgorithm()) || !plain) {
            throw new IllegalArgumentException("the imprint's algorithm is " + algorithm.getAlgorithm()
                    + ", expected SHA-256 (" + NISTObjectIdentifiers.id_sha256 + ")");
        }
        return Hash.of(imprint.getHashedMessage());
    }

    private static Instant instant(String generalizedTime) {
        try {
            return LocalDateTime.parse(generalizedTime, GENERALIZED_TIME).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "genTime is \"" + generalizedTime + "\", expected YYYYMMDDhhmmss[.s…]Z", e);
        }
    }

    private static Duration duration(Accuracy accuracy) {
        return Duration.ofSeconds(number(accuracy.getSeconds()))
                .plusMillis(number(accuracy.getMillis()))
                .plusNanos(1000L * number(accuracy.getMicros()));
    }

    private static int number(@Nullable ASN1Integer part) {
        int value = part == null ? 0 : part.intValueExact();
        if (value < 0) {
            throw new IllegalArgumentException("accuracy has a part " + value + ", expected no negative number");
        }
        return value;
    }
}
