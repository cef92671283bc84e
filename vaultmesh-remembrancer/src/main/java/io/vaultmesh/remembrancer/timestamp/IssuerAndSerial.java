package io.vaultmesh.remembrancer.timestamp;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;

/**
 * The name that X.509 gives a certificate.
 *
 * @param issuer the issuer's name in DER, in hex: two names are equal if their bytes are, whatever their letter case
 * @param serial the serial number
 */
record IssuerAndSerial(String issuer, BigInteger serial) {

    static IssuerAndSerial of(ASN1Encodable issuer, BigInteger serial) {
        return new IssuerAndSerial(HexFormat.of().formatHex(Der.encode(issuer)), serial);
    }

    static IssuerAndSerial of(X509Certificate certificate) {
        byte[] issuer = certificate.getIssuerX500Principal().getEncoded();
        return new IssuerAndSerial(HexFormat.of().formatHex(issuer), certificate.getSerialNumber());
    }
}
