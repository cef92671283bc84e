package io.vaultmesh.remembrancer.timestamp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A pin: one root certificate under which timestamps are believed, and within which limits. Nothing but a pin makes a
 * timestamp trusted; certificates that come with a token never do.
 *
 * <p>As made by {@link #of}, every policy, every time and ESSCertID of version 1 are accepted; each method that narrows
 * it gives a new pin. There is no revocation: narrow the window ({@link #until}) when an authority's key is lost.
 * Immutable and thread-safe.
 */
public final class TimestampAnchor {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----(?<base64>[A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");
    private static final int SEQUENCE = 0x30;
    private static final int KEY_CERT_SIGN = 5;
    private static final Duration FETCH_DEADLINE = Duration.ofSeconds(30);

    private final X509Certificate root;
    private final Hash id;
    private final Set<String> policies;
    private final Optional<Instant> from;
    private final Optional<Instant> until;
    private final boolean strictEss;

    private TimestampAnchor(
            X509Certificate root,
            Hash id,
            Set<String> policies,
            Optional<Instant> from,
            Optional<Instant> until,
            boolean strictEss) {
        this.root = root;
        this.id = id;
        this.policies = policies;
        this.from = from;
        this.until = until;
        this.strictEss = strictEss;
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException(
                    "the pin's window ends at " + until.get() + ", expected a time after its start, " + from.get());
        }
    }

    /**
     * Pins a root certificate. It need not be signed by itself: any authority's certificate can be pinned.
     *
     * @param certificate one X.509 certificate, in DER or PEM; text around the PEM block is ignored
     * @return the pin
     * @throws IllegalArgumentException if it is not exactly one certificate, or not one that may issue others
     */
    public static TimestampAnchor of(byte[] certificate) {
        if (certificate.length > Der.MAX_BYTES) {
            throw new IllegalArgumentException(
                    "the certificate to pin has " + certificate.length + " bytes, expected at most " + Der.MAX_BYTES);
        }
        byte[] der = certificate.length > 0 && certificate[0] == SEQUENCE ? certificate.clone() : pem(certificate);
        X509Certificate root = Der.read(der, "a certificate", asn1 -> Der.certificate(der));
        boolean[] usage = root.getKeyUsage();
        if (root.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
            throw new IllegalArgumentException("the certificate of " + Strength.name(root)
                    + " may not issue others, expected the certificate of a certification authority");
        }
        return new TimestampAnchor(root, Hashing.sha256(der), Set.of(), Optional.empty(), Optional.empty(), false);
    }

    private static byte[] pem(byte[] text) {
        List<String> blocks = PEM.matcher(new String(text, US_ASCII))
                .results()
                .map(block -> block.group(1))
                .toList();
        if (blocks.size() != 1) {
            throw new IllegalArgumentException(
                    "there are " + blocks.size() + " certificates in PEM, expected exactly one, or one in DER");
        }
        try {
            return Base64.getDecoder().decode(blocks.get(0).replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the certificate in PEM is not Base64: " + e.getMessage(), e);
        }
    }

    /**
     * Fetches a certificate over HTTP. Whoever answers there is not trusted: compare {@link #id()} with a fingerprint from
     * another source before anything is verified by it.
     *
     * @param uri where it is, in PEM or DER
     * @return the pin that it would be
     * @throws IllegalArgumentException if what is there is no such certificate
     * @throws UncheckedIOException if there is no answer within 30 seconds, it is not 200, or has more than 1 MiB
     */
    public static TimestampAnchor fetch(URI uri) {
        try {
            HttpResponse<byte[]> answer = new Exchange(FETCH_DEADLINE).get(uri);
            if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
                throw new IOException("status " + answer.statusCode() + ", expected 200");
            }
            return of(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("can't fetch the certificate at " + uri + ": " + e.getMessage(), e);
        }
    }

    /**
     * Accepts only tokens under one of some policies.
     *
     * @param oids the policies' object identifiers, in dotted digits; at least one
     * @return a pin with these policies and no others
     * @throws IllegalArgumentException if there is none, or one is not an object identifier
     */
    public TimestampAnchor policies(String... oids) {
        if (oids.length == 0) {
            throw new IllegalArgumentException("there is no policy, expected at least one");
        }
        Set<String> sorted = new TreeSet<>();
        for (String oid : oids) {
            sorted.add(Oids.require(oid));
        }
        return new TimestampAnchor(root, id, Collections.unmodifiableSet(sorted), from, until, strictEss);
    }

    /**
     * Accepts only tokens of a time or later.
     *
     * @param start the first genTime that is accepted
     * @return a pin with this start
     * @throws IllegalArgumentException if the window ends before
     */
    public TimestampAnchor from(Instant start) {
        return new TimestampAnchor(root, id, policies, Optional.of(start), until, strictEss);
    }

    /**
     * Accepts only tokens from before a time.
     *
     * @param end the first genTime that is no longer accepted
     * @return a pin with this end
     * @throws IllegalArgumentException if the window starts at it or after
     */
    public TimestampAnchor until(Instant end) {
        return new TimestampAnchor(root, id, policies, from, Optional.of(end), strictEss);
    }

    /**
     * Accepts only tokens whose signature names its certificate by ESSCertIDv2 (RFC 5816). Version 1, which hashes by
     * SHA-1, is still in use by public authorities.
     *
     * @return a pin that is strict
     */
    public TimestampAnchor strictEss() {
        return new TimestampAnchor(root, id, policies, from, until, true);
    }

    /**
     * What identifies the pinned root.
     *
     * @return the SHA-256 fingerprint of its certificate, as {@code openssl x509 -fingerprint -sha256} shows it
     */
    public Hash id() {
        return id;
    }

    /**
     * The pinned root's name.
     *
     * @return the certificate's subject, as RFC 2253 writes it
     */
    public String name() {
        return Strength.name(root);
    }

    X509Certificate root() {
        return root;
    }

    /**
     * The pinned certificate.
     *
     * @return it in PEM (RFC 7468)
     */
    public String toPem() {
        try {
            Base64.Encoder base64 = Base64.getMimeEncoder(64, new byte[] {'\n'});
            return "-----BEGIN CERTIFICATE-----\n" + base64.encodeToString(root.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was read can't be written: " + e, e);
        }
    }

    /**
     * The policies that are accepted.
     *
     * @return their OIDs, sorted; empty if any is
     */
    public Set<String> policies() {
        return policies;
    }

    /**
     * The start of the window.
     *
     * @return the first genTime that is accepted, if there is one
     */
    public Optional<Instant> start() {
        return from;
    }

    /**
     * The end of the window.
     *
     * @return the first genTime that is no longer accepted, if there is one
     */
    public Optional<Instant> end() {
        return until;
    }

    /**
     * Whether a token must name its certificate by ESSCertIDv2.
     *
     * @return whether the pin is strict
     */
    public boolean isStrictEss() {
        return strictEss;
    }

    Verdict allowsPolicy(String oid) {
        return policies.isEmpty() || policies.contains(oid)
                ? Verdict.proven()
                : Verdict.refuted("the policy is " + oid + ", the pin allows " + policies);
    }

    Verdict allowsTime(Instant genTime) {
        boolean early = from.isPresent() && genTime.isBefore(from.get());
        boolean late = until.isPresent() && !genTime.isBefore(until.get());
        return early || late
                ? Verdict.refuted("the time is " + genTime + ", the pin holds " + window())
                : Verdict.proven();
    }

    private String window() {
        return from.map(start -> "from " + start).orElse("from the beginning")
                + until.map(end -> " until before " + end).orElse("");
    }

    /** Pins are equal if they accept the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof TimestampAnchor anchor
                && id.equals(anchor.id)
                && policies.equals(anchor.policies)
                && from.equals(anchor.from)
                && until.equals(anchor.until)
                && strictEss == anchor.strictEss;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return "pin of " + name() + " (" + id + "), " + (policies.isEmpty() ? "any policy" : "policies " + policies)
                + ", " + window() + (strictEss ? ", strict" : "");
    }
}
