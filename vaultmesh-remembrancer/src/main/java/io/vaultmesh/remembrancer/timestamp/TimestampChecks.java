package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The ten checks of a token, those that depend on a pin under one pin after the other. */
final class TimestampChecks {

    static final String STATUS = "status";
    static final String IMPRINT = "imprint";
    static final String NONCE = "nonce";
    static final String SIGNATURE = "signature";
    static final String CERTIFICATE = "signing certificate";
    static final String USAGE = "extended key usage";
    static final String CHAIN = "chain";
    static final String POLICY = "policy";
    static final String TIME = "time";
    static final String PIN = "pin";

    private final TimestampResponse response;
    private final SignedToken token;
    private final Hash imprint;
    private final Optional<TimestampRequest> request;
    private final Instant latest;
    private final Optional<X509Certificate> signer;

    TimestampChecks(
            TimestampResponse response,
            SignedToken token,
            Hash imprint,
            Optional<TimestampRequest> request,
            Instant latest) {
        this.response = response;
        this.token = token;
        this.imprint = imprint;
        this.request = request;
        this.latest = latest;
        // by all that the signature says of it, never by its place: a token's certificates can be reordered
        this.signer = token.certificates().stream()
                .filter(certificate -> !token.identifiers().isEmpty()
                        && token.identifiers().stream().allMatch(id -> id.isOf(certificate)))
                .findFirst();
    }

    private static String title(Hash imprint) {
        return "timestamp over " + imprint;
    }

    static Report withoutToken(TimestampResponse response, Hash imprint) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.fail(STATUS, response.status() + ", expected granted"));
        Stream.of(IMPRINT, NONCE, SIGNATURE, CERTIFICATE, USAGE, CHAIN, POLICY, TIME, PIN)
                .forEach(name -> checks.add(Check.notChecked(name, "there is no token")));
        return new Report(title(imprint), checks);
    }

    static Report withChain(Report report, String detail) {
        return new Report(
                report.title(),
                report.checks().stream()
                        .map(check -> check.name().equals(CHAIN) ? new Check(CHAIN, check.outcome(), detail) : check)
                        .toList());
    }

    Report under(TimestampAnchor anchor) {
        TokenInfo info = token.info();
        return new Report(
                title(imprint),
                List.of(
                        Check.pass(STATUS, response.status()),
                        Check.of(IMPRINT, imprint(), "SHA-256 " + imprint),
                        nonce(),
                        ofSigner(
                                SIGNATURE,
                                certificate -> TokenSignature.check(token.signer(), certificate),
                                "over the content by the signer's key"),
                        Check.of(CERTIFICATE, certificate(anchor.isStrictEss()), named()),
                        ofSigner(USAGE, TimeStampingUsage::check, "critical, for time stamping alone"),
                        ofSigner(
                                CHAIN,
                                certificate -> PinnedChain.check(
                                        certificate, token.certificates(), anchor.root(), info.genTime()),
                                "leads to " + anchor.name() + " (" + anchor.id() + ") at " + info.genTime()),
                        Check.of(POLICY, policy(anchor), info.policy()),
                        Check.of(TIME, time(), info.genTime().toString()),
                        Check.of(PIN, anchor.allowsTime(info.genTime()), anchor.toString())));
    }

    Timestamp proven(TimestampAnchor anchor) {
        TokenInfo info = token.info();
        return new Timestamp(
                info.imprint(),
                Strength.name(signer.orElseThrow()),
                info.policy(),
                info.serial(),
                info.genTime(),
                info.accuracy(),
                anchor.id());
    }

    private Verdict imprint() {
        if (!token.info().imprint().equals(imprint)) {
            return Verdict.refuted("the token is over " + token.info().imprint() + ", expected " + imprint);
        }
        return request.filter(asked -> !asked.imprint().equals(imprint))
                .map(asked -> Verdict.refuted("the request is over " + asked.imprint() + ", expected " + imprint))
                .orElse(Verdict.proven());
    }

    private Check nonce() {
        if (request.isEmpty()) {
            return Check.notChecked(NONCE, "the request is not at hand");
        }
        Optional<BigInteger> asked = request.get().nonce();
        Optional<BigInteger> found = token.info().nonce();
        if (asked.isEmpty() && found.isEmpty()) {
            return Check.absent(NONCE, "the request has none, so that an old answer would do");
        }
        return asked.equals(found)
                ? Check.pass(NONCE, found.orElseThrow().toString(16))
                : Check.fail(NONCE, "the token has " + text(found) + ", expected " + text(asked));
    }

    private static String text(Optional<BigInteger> nonce) {
        return nonce.map(number -> number.toString(16)).orElse("none");
    }

    private String named() {
        return token.identifiers().stream()
                .map(id -> "ESSCertID version " + id.version() + ", " + id.algorithm() + " " + id.hash())
                .reduce((one, other) -> one + "; " + other)
                .orElse("");
    }

    private Verdict certificate(boolean strict) {
        List<CertificateId> identifiers = token.identifiers();
        if (identifiers.isEmpty()) {
            return Verdict.refuted("the signature doesn't say whose certificate it is under, expected an ESSCertID");
        }
        if (strict && identifiers.stream().noneMatch(id -> id.version() == 2)) {
            return Verdict.refuted("the signature has ESSCertID version 1 alone, by SHA-1; the pin demands version 2");
        }
        if (signer.isEmpty()) {
            return Verdict.refuted("none of the " + token.certificates().size() + " certificates in the token is the "
                    + "one that the signature names (" + named() + ")");
        }
        IssuerAndSerial expected = IssuerAndSerial.of(signer.get());
        boolean consistent =
                identifiers.stream().flatMap(id -> id.issuer().stream()).allMatch(expected::equals);
        return consistent && isNamed(expected)
                ? Verdict.proven()
                : Verdict.refuted("the signature names another issuer and serial number than those of its certificate, "
                        + Strength.name(signer.get()));
    }

    /** The unsigned name beside the signature must be of the same certificate as the signed one. */
    private boolean isNamed(IssuerAndSerial expected) {
        return token.name()
                .map(expected::equals)
                .orElseGet(() -> token.signer().getSID().match(Der.holder(signer.orElseThrow())));
    }

    private Check ofSigner(String name, Function<X509Certificate, Verdict> check, String passed) {
        return signer.map(certificate -> Check.of(name, check.apply(certificate), passed))
                .orElseGet(() -> Check.notChecked(name, "the signer's certificate is not known"));
    }

    private Verdict policy(TimestampAnchor anchor) {
        String policy = token.info().policy();
        return request.flatMap(TimestampRequest::policy)
                .filter(asked -> !asked.equals(policy))
                .map(asked -> Verdict.refuted("the policy is " + policy + ", the request asked for " + asked))
                .orElseGet(() -> anchor.allowsPolicy(policy));
    }

    private Verdict time() {
        return token.info().genTime().isAfter(latest)
                ? Verdict.refuted("the time is " + token.info().genTime() + ", expected none after " + latest)
                : Verdict.proven();
    }
}
