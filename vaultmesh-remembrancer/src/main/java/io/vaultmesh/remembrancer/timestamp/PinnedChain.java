package io.vaultmesh.remembrancer.timestamp;

import static java.util.stream.Collectors.joining;

import io.vaultmesh.core.check.Verdict;
import java.security.InvalidAlgorithmParameterException;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether certificates lead to one pinned root, as of one time (RFC 5280 §6). Nothing is asked about revocation: what a
 * token proves is settled by the pin and its window.
 */
final class PinnedChain {

    private static final int MAX_LENGTH = 8;

    /** A token's author chooses its certificates: without a bound, equal names would cost any number of attempts. */
    private static final int MAX_STEPS = 100;

    private final X509Certificate root;
    private final List<X509Certificate> certificates;
    private final Instant at;
    private final Set<String> reasons = new LinkedHashSet<>();
    private int steps;

    private PinnedChain(X509Certificate root, List<X509Certificate> certificates, Instant at) {
        this.root = root;
        this.certificates = certificates;
        this.at = at;
    }

    static Verdict check(X509Certificate leaf, List<X509Certificate> certificates, X509Certificate root, Instant at) {
        // a validator takes its anchor for granted, so that an expired root would do
        if (!isValid(root, at)) {
            return Verdict.refuted(
                    "the pinned root is valid from " + root.getNotBefore().toInstant() + " to "
                            + root.getNotAfter().toInstant() + ", the time is " + at);
        }
        PinnedChain chain = new PinnedChain(root, certificates, at);
        if (chain.leadsOn(List.of(leaf))) {
            return Verdict.proven();
        }
        return Verdict.refuted(chain.reasons.stream().collect(joining("; or ")));
    }

    private boolean leadsOn(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        boolean found = false;
        if (++steps > MAX_STEPS || path.size() > MAX_LENGTH) {
            reasons.add("there are too many chains to try");
            return false;
        }
        if (last.getIssuerX500Principal().equals(root.getSubjectX500Principal())) {
            found = true;
            Optional<String> problem = problem(path);
            if (problem.isEmpty()) {
                return true;
            }
            reasons.add(problem.get());
        }
        for (X509Certificate next : certificates) {
            if (next.getSubjectX500Principal().equals(last.getIssuerX500Principal())
                    && !next.equals(root)
                    && !path.contains(next)) {
                found = true;
                List<X509Certificate> longer = new ArrayList<>(path);
                longer.add(next);
                if (leadsOn(longer)) {
                    return true;
                }
            }
        }
        if (!found) {
            reasons.add(Strength.name(last) + " was issued by "
                    + last.getIssuerX500Principal().getName() + ", which is not the pinned root "
                    + Strength.name(root) + ", and whose certificate is not in the token");
        }
        return false;
    }

    private Optional<String> problem(List<X509Certificate> path) {
        for (X509Certificate certificate : path) {
            if (!isValid(certificate, at)) {
                return Optional.of(Strength.name(certificate) + " is valid from "
                        + certificate.getNotBefore().toInstant() + " to "
                        + certificate.getNotAfter().toInstant() + ", the time is " + at);
            }
            Optional<String> weakness =
                    Strength.weaknessOfSignature(certificate).or(() -> Strength.weaknessOfKey(certificate));
            if (weakness.isPresent()) {
                return weakness;
            }
        }
        long between =
                path.stream().skip(1).filter(PinnedChain::isNotSelfIssued).count();
        if (between > root.getBasicConstraints()) {
            return Optional.of("the pinned root allows " + root.getBasicConstraints()
                    + " authorities below it, the chain has " + between);
        }
        return pkix(path);
    }

    private static boolean isNotSelfIssued(X509Certificate certificate) {
        return !certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private Optional<String> pkix(List<X509Certificate> path) {
        try {
            CertPath certPath = CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                    .generateCertPath(path);
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
            parameters.setDate(Date.from(at));
            parameters.setRevocationEnabled(false);
            parameters.addCertPathChecker(new TimeStampingUsage());
            var unused =
                    CertPathValidator.getInstance("PKIX", BouncyCastle.PROVIDER).validate(certPath, parameters);
            return Optional.empty();
        } catch (CertPathValidatorException | CertificateException e) {
            int index = e instanceof CertPathValidatorException failed ? failed.getIndex() : -1;
            String which = index < 0 ? "the chain" : Strength.name(path.get(index));
            return Optional.of(which + " doesn't lead to the pinned root: " + e.getMessage());
        } catch (RuntimeException e) { // the library throws several kinds at extensions that it can't read
            return Optional.of("the chain can't be read: " + e.getMessage());
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("the provider of X.509 chains lacks what it must have", e);
        }
    }

    private static boolean isValid(X509Certificate certificate, Instant at) {
        return !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
    }
}
