package io.vaultmesh.remembrancer.timestamp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.function.Function;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.cert.X509CertificateHolder;

/** Reads DER, and nothing that merely looks like it: what encodes to other bytes than it was read from is refused. */
final class Der {

    /** Tokens with a chain of certificates have a few kilobytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private Der() {}

    /**
     * Reads bytes that somebody else made.
     *
     * @param what what they should be, with its article
     * @param read makes a value of what they encode; whatever it throws means that the bytes are something else
     */
    static <T> T read(byte[] bytes, String what, Function<ASN1Primitive, T> read) {
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "not " + what + ": it has " + bytes.length + " bytes, expected at most " + MAX_BYTES);
        }
        try {
            return read.apply(primitive(bytes));
        } catch (IOException | RuntimeException e) { // the parser throws six kinds of exceptions at bad bytes
            throw new IllegalArgumentException("not " + what + ": " + reason(e), e);
        }
    }

    private static String reason(Exception e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    private static ASN1Primitive primitive(byte[] bytes) throws IOException {
        try (ASN1InputStream in = new ASN1InputStream(bytes)) {
            ASN1Primitive value = in.readObject();
            if (value == null) {
                throw new IOException("it is empty");
            }
            if (in.read() >= 0) {
                throw new IOException("bytes follow its end");
            }
            if (!Arrays.equals(value.getEncoded(ASN1Encoding.DER), bytes)) {
                throw new IOException("it is not canonical DER (X.690)");
            }
            return value;
        }
    }

    /** Reads one certificate in DER. */
    static X509Certificate certificate(byte[] der) {
        try {
            CertificateFactory factory = CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER);
            var certificate = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der));
            if (certificate == null || !Arrays.equals(certificate.getEncoded(), der)) {
                throw new IllegalArgumentException("a certificate is not canonical DER (X.690)");
            }
            return certificate;
        } catch (CertificateException e) {
            throw new IllegalArgumentException("a certificate can't be read: " + reason(e), e);
        }
    }

    /** The same certificate, as the CMS library takes it. */
    static X509CertificateHolder holder(X509Certificate certificate) {
        try {
            return new X509CertificateHolder(certificate.getEncoded());
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException("a certificate can't be read: " + reason(e), e);
        }
    }

    /** Whether a set, whose tag is implicit so that the parser didn't know it for one, stands in DER's order. */
    static boolean isSorted(ASN1Set set) {
        return Arrays.equals(encode(set, ASN1Encoding.DL), encode(set, ASN1Encoding.DER));
    }

    /** That nothing was overlooked in reading: the library takes some tags and fields for others. */
    static void requireSame(ASN1Encodable read, ASN1Encodable raw) {
        if (!Arrays.equals(encode(read, ASN1Encoding.DL), encode(raw, ASN1Encoding.DL))) {
            throw new IllegalArgumentException("it has tags or fields that its type doesn't have");
        }
    }

    static byte[] encode(ASN1Encodable value) {
        return encode(value, ASN1Encoding.DER);
    }

    private static byte[] encode(ASN1Encodable value, String encoding) {
        try {
            return value.toASN1Primitive().getEncoded(encoding);
        } catch (IOException e) {
            throw new IllegalArgumentException("a value can't be encoded as " + encoding + ": " + reason(e), e);
        }
    }
}
