package io.vaultmesh.remembrancer.timestamp;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cmp.PKIFailureInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.Time;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampResponseGenerator;
import org.bouncycastle.tsp.TimeStampTokenGenerator;
import org.bouncycastle.util.CollectionStore;

/**
 * A timestamp authority for development and tests, with a certification authority of its own (P-256). Its tokens are
 * what a public authority's are, and {@code openssl ts -verify} accepts them; but they prove nothing to anybody else,
 * since whoever runs it sets its clock.
 *
 * <p>It stamps SHA-256 imprints under the policy {@link #POLICY}, to the millisecond, with an accuracy of one second,
 * and refuses whatever else is asked with a response that says why. Thread-safe, if the clock is.
 */
public final class TimestampAuthority {

    /** The policy of every token: under {@code 2.999}, the arc that is reserved for examples. */
    public static final String POLICY = "2.999.3161.1";

    private static final int SERIAL_BITS = 127;

    private final AuthorityKeys keys;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    private TimestampAuthority(AuthorityKeys keys, InstantSource clock) {
        this.keys = keys;
        this.clock = requireNonNull(clock, "clock");
    }

    /**
     * A new authority that lives in memory.
     *
     * @param clock the time that it stamps; its certificates are valid from a day before to ten years after
     * @return the authority
     */
    public static TimestampAuthority create(InstantSource clock) {
        return new TimestampAuthority(AuthorityKeys.make(clock.instant(), new SecureRandom()), clock);
    }

    /**
     * The authority that is kept in a directory, made if there is none, so that a pin of its root outlasts a restart.
     * The directory then holds {@code root.pem} to pin, and {@code authority.pem} with the signing key, which only its
     * owner can read. The root's own key is kept nowhere.
     *
     * @param directory where it is kept, or a directory that is absent or empty
     * @param clock the time that it stamps
     * @return the authority
     * @throws IllegalArgumentException if the directory holds something else, or files that are no authority's
     * @throws IllegalStateException if somebody else is opening it
     * @throws UncheckedIOException if the disk refuses
     */
    public static TimestampAuthority open(Path directory, InstantSource clock) {
        return new TimestampAuthority(AuthorityDirectory.open(directory, clock.instant(), new SecureRandom()), clock);
    }

    /**
     * The root certificate, to be pinned.
     *
     * @return PEM, as {@code openssl ts -verify -CAfile} takes it
     */
    public byte[] root() {
        return AuthorityDirectory.pem(List.of(keys.root()));
    }

    /**
     * The pin of this authority: its root, and its policy.
     *
     * @return the pin
     */
    public TimestampAnchor anchor() {
        return TimestampAnchor.of(root()).policies(POLICY);
    }

    /**
     * Answers a request.
     *
     * @param request a request, which need not be well-formed
     * @return a response with a token, or with the reason why there is none
     */
    public byte[] respond(byte[] request) {
        try {
            TimeStampResponseGenerator generator =
                    new TimeStampResponseGenerator(tokens(), Set.of(TSPAlgorithms.SHA256), Set.of(POLICY));
            return response(generator, request).getEncoded();
        } catch (TSPException | OperatorCreationException e) {
            throw new IllegalStateException("the authority's own key can't sign", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't encode in memory", e);
        }
    }

    private TimeStampResponse response(TimeStampResponseGenerator generator, byte[] request) throws TSPException {
        try {
            TimeStampRequest read = Der.read(request, "a timestamp request", asn1 -> request(request));
            TimeStampResponse response =
                    generator.generate(read, new BigInteger(SERIAL_BITS, random), Date.from(clock.instant()));
            if (response.getTimeStampToken() != null) {
                // Bouncy Castle grants what it looks at, which the version and the extensions are not among
                TimestampRequest unused = TimestampRequest.parse(request);
            }
            return response;
        } catch (IllegalArgumentException e) {
            return generator.generateFailResponse(
                    PKIStatus.REJECTION, PKIFailureInfo.badDataFormat, String.valueOf(e.getMessage()));
        }
    }

    private static TimeStampRequest request(byte[] request) {
        try {
            return new TimeStampRequest(request);
        } catch (IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private TimeStampTokenGenerator tokens() throws TSPException, OperatorCreationException {
        var digests = new JcaDigestCalculatorProviderBuilder()
                .setProvider(BouncyCastle.PROVIDER)
                .build();
        var sha256 = digests.get(new AlgorithmIdentifier(TSPAlgorithms.SHA256));
        TimeStampTokenGenerator tokens =
                new TimeStampTokenGenerator(signer(digests), sha256, new ASN1ObjectIdentifier(POLICY));
        tokens.setResolution(TimeStampTokenGenerator.R_MILLISECONDS);
        tokens.setAccuracySeconds(1);
        tokens.addCertificates(new CollectionStore<>(List.of(keys.leaf(), keys.root())));
        return tokens;
    }

    private SignerInfoGenerator signer(DigestCalculatorProvider digests) throws OperatorCreationException {
        // left out, it would be the system's time, whatever the clock says
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(CMSAttributes.signingTime, new DERSet(new Time(Date.from(clock.instant())))));
        return new JcaSignerInfoGeneratorBuilder(digests)
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(
                        new JcaContentSignerBuilder("SHA256withECDSA")
                                .setProvider(BouncyCastle.PROVIDER)
                                .build(keys.key()),
                        keys.leaf());
    }

    /**
     * Starts answering over HTTP, on a free port of the loopback address.
     *
     * @return the endpoint, to be closed
     * @throws UncheckedIOException if there is no port
     */
    public TimestampEndpoint serve() {
        return new TimestampEndpoint(this);
    }
}
