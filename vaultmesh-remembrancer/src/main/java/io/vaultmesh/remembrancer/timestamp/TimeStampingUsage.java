package io.vaultmesh.remembrancer.timestamp;

import io.vaultmesh.core.check.Verdict;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.jspecify.annotations.Nullable;

/** What keys may be used for: stamping time, and by the signer's key nothing else (RFC 3161 §2.3). */
final class TimeStampingUsage extends PKIXCertPathChecker {

    private static final String EXTENDED_KEY_USAGE = Extension.extendedKeyUsage.getId();
    private static final String TIME_STAMPING = KeyPurposeId.id_kp_timeStamping.getId();
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    /** The signer's certificate. */
    static Verdict check(X509Certificate certificate) {
        List<String> purposes = purposes(certificate);
        if (!purposes.equals(List.of(TIME_STAMPING))) {
            return Verdict.refuted(
                    "the extended key usage is " + purposes + ", expected timeStamping alone (" + TIME_STAMPING + ")");
        }
        if (!certificate.getCriticalExtensionOIDs().contains(EXTENDED_KEY_USAGE)) {
            return Verdict.refuted("the extended key usage is not critical, expected a critical one");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE] && !usage[NON_REPUDIATION]) {
            return Verdict.refuted("the key usage allows no signatures over data");
        }
        return Verdict.proven();
    }

    private static List<String> purposes(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes == null ? List.of() : List.copyOf(purposes);
        } catch (CertificateParsingException e) {
            return List.of("unreadable: " + e.getMessage());
        }
    }

    @Override
    public void init(boolean forward) {
        // nothing is kept from certificate to certificate
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return Set.of(EXTENDED_KEY_USAGE);
    }

    /** An issuer that is restricted to purposes must have this one among them. */
    @Override
    public void check(Certificate certificate, @Nullable Collection<String> unresolvedCriticalExtensions)
            throws CertPathValidatorException {
        List<String> purposes = purposes((X509Certificate) certificate);
        if (!purposes.isEmpty()
                && !purposes.contains(TIME_STAMPING)
                && !purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId())) {
            throw new CertPathValidatorException("its extended key usage is " + purposes + ", without timeStamping");
        }
        if (unresolvedCriticalExtensions != null) {
            var unused = unresolvedCriticalExtensions.remove(EXTENDED_KEY_USAGE);
        }
    }
}
