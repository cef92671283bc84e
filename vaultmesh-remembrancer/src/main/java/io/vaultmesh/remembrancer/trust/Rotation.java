package io.vaultmesh.remembrancer.trust;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.openpgp.PgpKeyring;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One OpenPGP key took the place of another, and both signed that. Immutable and thread-safe.
 *
 * @param from the id of the old key's pin
 * @param to the id of the new key's pin
 * @param at when, UTC, in whole seconds
 * @param byOld the old key's armored signature over {@link #text}
 * @param byNew the new key's armored signature over {@link #text}
 */
public record Rotation(String from, String to, Instant at, String byOld, String byNew) {

    /**
     * Creates a rotation, without verifying its signatures: a {@link TrustStore} does.
     *
     * @param from the id of the old key's pin
     * @param to the id of the new key's pin
     * @param at when, UTC, in whole seconds
     * @param byOld the old key's armored signature over {@link #text}
     * @param byNew the new key's armored signature over {@link #text}
     * @throws IllegalArgumentException if a key is to take its own place
     */
    public Rotation {
        requireNonNull(byOld, "byOld");
        requireNonNull(byNew, "byNew");
        if (from.equals(to)) {
            throw new IllegalArgumentException("the new key is the old one, " + from);
        }
    }

    static Rotation sign(PgpSecretKey old, PgpSecretKey fresh, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.SECONDS);
        String from = id(old.certificate());
        String to = id(fresh.certificate());
        byte[] text = text(from, to, at).getBytes(StandardCharsets.UTF_8);
        return new Rotation(
                from, to, at, old.sign(text, at).toArmor(), fresh.sign(text, at).toArmor());
    }

    private static String id(PgpCertificate certificate) {
        return KeyText.id(Pin.Type.OPENPGP, certificate.toArmor());
    }

    /**
     * What both keys sign.
     *
     * @return four lines
     */
    public String text() {
        return text(from, to, at);
    }

    private static String text(String from, String to, Instant at) {
        return "vaultmesh key rotation v1\nfrom " + from + "\nto " + to + "\nat " + at + "\n";
    }

    /** Refuses a rotation that one of the two keys didn't sign. */
    void require(Pin old, Pin fresh) {
        require(old, byOld);
        require(fresh, byNew);
    }

    private void require(Pin pin, String signature) {
        PgpCertificate certificate = PgpCertificate.parse(pin.key().getBytes(StandardCharsets.UTF_8));
        String reason = PgpKeyring.empty()
                .pin(certificate.fingerprint(), certificate)
                .verify(
                        PgpSignature.parse(signature.getBytes(StandardCharsets.UTF_8)),
                        text().getBytes(StandardCharsets.UTF_8),
                        at)
                .verdict(1)
                .reason()
                .orElse("");
        if (!reason.isEmpty()) {
            throw new IllegalArgumentException(
                    "the rotation from " + from + " to " + to + " is not signed by " + pin.id() + ": " + reason);
        }
    }

    JsonObject toJson() {
        return JsonObject.builder()
                .put("from", from)
                .put("to", to)
                .put("at", at.toString())
                .put("byOld", byOld)
                .put("byNew", byNew)
                .build();
    }

    static Rotation parse(JsonObject json) {
        json.only("from", "to", "at", "byOld", "byNew");
        return new Rotation(
                json.string("from"),
                json.string("to"),
                Pin.time(json.string("at")),
                json.string("byOld"),
                json.string("byNew"));
    }
}
