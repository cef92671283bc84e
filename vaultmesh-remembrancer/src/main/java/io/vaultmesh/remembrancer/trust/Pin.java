package io.vaultmesh.remembrancer.trust;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.note.CosignatureVerifier;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A public key or root certificate that is trusted for one thing, within a window of time. Immutable and thread-safe.
 *
 * @param type what the key is
 * @param id what identifies it: the type's name, a colon and, of OpenPGP, the fingerprint; of an authority, the SHA-256
 *     fingerprint of the root; of a log or a witness, name and key id; of a peer, its did:key
 * @param key the key itself: an armored certificate, a certificate in PEM, a verifier key, or a did:key
 * @param purpose what it is trusted for, in words of one's own
 * @param from the first moment in which it is trusted; empty for all before {@code until}
 * @param until the first moment in which it is no longer trusted; empty if there is none yet
 * @param compromised since when somebody else may have it: what it signed counts only if it is proven to be older; empty
 *     if that isn't feared
 * @param policies of an authority, the OIDs of the policies that are accepted, sorted; empty for any
 * @param strict of an authority, whether tokens must name their certificate by ESSCertIDv2
 */
public record Pin(
        Type type,
        String id,
        String key,
        String purpose,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<Instant> compromised,
        List<String> policies,
        boolean strict) {

    /** What a pinned key is. */
    public enum Type {
        /** A certificate of OpenPGP, whose keys sign artifacts. */
        OPENPGP,
        /** The root of an authority that stamps (RFC 3161). */
        TSA,
        /** The key of a log. */
        LOG,
        /** The key of a witness, which cosigns the checkpoints of logs. */
        WITNESS,
        /** The key of a peer. */
        PEER;

        String label() {
            return KeyText.label(this);
        }
    }

    /**
     * Creates a pin; the factories are shorter.
     *
     * @param type what the key is
     * @param id what identifies it: the type's name, a colon and, of OpenPGP, the fingerprint; of an authority, the SHA-256
     *     fingerprint of the root; of a log or a witness, name and key id; of a peer, its did:key
     * @param key the key itself: an armored certificate, a certificate in PEM, a verifier key, or a did:key
     * @param purpose what it is trusted for, in words of one's own
     * @param from the first moment in which it is trusted; empty for all before {@code until}
     * @param until the first moment in which it is no longer trusted; empty if there is none yet
     * @param compromised since when somebody else may have it: what it signed counts only if it is proven to be older; empty
     *     if that isn't feared
     * @param policies of an authority, the OIDs of the policies that are accepted, sorted; empty for any
     * @param strict of an authority, whether tokens must name their certificate by ESSCertIDv2
     * @throws IllegalArgumentException if the key is not one of that type and id, the window ends before it begins, or
     *     there are policies without an authority
     */
    public Pin {
        requireNonNull(type, "type");
        KeyText.require(type, id, key);
        if (purpose.isBlank() || purpose.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("purpose is \"" + purpose + "\", expected one line of text");
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException(
                    "the window of " + id + " ends at " + until.get() + ", expected after its start, " + from.get());
        }
        policies = List.copyOf(new TreeSet<>(policies));
        if (type != Type.TSA && (strict || !policies.isEmpty())) {
            throw new IllegalArgumentException(id + " has policies or is strict, which only an authority can be");
        }
    }

    private static Pin of(Type type, String key, String purpose) {
        return new Pin(
                type,
                KeyText.id(type, key),
                key,
                purpose,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                false);
    }

    /**
     * Trusts a certificate to sign artifacts.
     *
     * @param certificate the certificate, from a source that you trust
     * @param purpose what for, in words of your own
     * @return the pin
     */
    public static Pin openPgp(PgpCertificate certificate, String purpose) {
        return of(Type.OPENPGP, certificate.toArmor(), purpose);
    }

    /**
     * Trusts an authority's timestamps, within the limits of an anchor.
     *
     * @param anchor the root, with its policies and window
     * @param purpose what for, in words of your own
     * @return the pin
     */
    public static Pin timestamps(TimestampAnchor anchor, String purpose) {
        String pem = anchor.toPem();
        return new Pin(
                Type.TSA,
                KeyText.id(Type.TSA, pem),
                pem,
                purpose,
                anchor.start(),
                anchor.end(),
                Optional.empty(),
                List.copyOf(anchor.policies()),
                anchor.isStrictEss());
    }

    /**
     * Trusts a log's checkpoints.
     *
     * @param key the log's public key
     * @param purpose what for, in words of your own
     * @return the pin
     */
    public static Pin log(NoteVerifier key, String purpose) {
        return of(Type.LOG, key.toText(), purpose);
    }

    /**
     * Trusts a witness's cosignatures.
     *
     * @param key the witness's public key
     * @param purpose what for, in words of your own
     * @return the pin
     */
    public static Pin witness(CosignatureVerifier key, String purpose) {
        return of(Type.WITNESS, key.toText(), purpose);
    }

    /**
     * Trusts a peer.
     *
     * @param didKey its did:key
     * @param purpose what for, in words of your own
     * @return the pin
     */
    public static Pin peer(String didKey, String purpose) {
        return of(Type.PEER, didKey, purpose);
    }

    /**
     * This pin, trusted from a moment on.
     *
     * @param start the first moment in which it is trusted
     * @return a pin
     */
    public Pin from(Instant start) {
        return new Pin(type, id, key, purpose, Optional.of(start), until, compromised, policies, strict);
    }

    /**
     * This pin, trusted before a moment.
     *
     * @param end the first moment in which it is no longer trusted
     * @return a pin
     */
    public Pin until(Instant end) {
        return new Pin(type, id, key, purpose, from, Optional.of(end), compromised, policies, strict);
    }

    /**
     * This pin, feared to be in other hands since a moment: what it signed counts only with evidence from before.
     *
     * @param since since when
     * @return a pin
     */
    public Pin compromised(Instant since) {
        return new Pin(type, id, key, purpose, from, until, Optional.of(since), policies, strict);
    }

    /**
     * Whether something that this key signed at a time counts.
     *
     * @param claimed when it says that it was signed
     * @param proven when it is proven to have existed, by somebody else; empty if it isn't
     * @return holds if the time, the proven one if there is one, is in the window, and if the key is compromised, the
     *     proven one is from before
     */
    public Verdict allows(Instant claimed, Optional<Instant> proven) {
        Instant time = proven.orElse(claimed);
        boolean early = from.isPresent() && time.isBefore(from.get());
        boolean late = until.isPresent() && !time.isBefore(until.get());
        if (early || late) {
            return Verdict.refuted("signed at " + time + ", but " + id + " is trusted "
                    + from.map(start -> "from " + start).orElse("from the beginning")
                    + until.map(end -> " until before " + end).orElse(""));
        }
        if (compromised.isPresent() && (proven.isEmpty() || !proven.get().isBefore(compromised.get()))) {
            return Verdict.refuted(id + " is compromised since " + compromised.get() + ", and "
                    + proven.map(stamp -> "the signature is proven only at " + stamp)
                            .orElse("nothing proves that the signature is older"));
        }
        return Verdict.proven();
    }

    JsonObject toJson() {
        JsonObject.Builder json = JsonObject.builder()
                .put("type", type.label())
                .put("id", id)
                .put("key", key)
                .put("purpose", purpose)
                .put("policies", JsonArray.ofStrings(policies))
                .put("strict", strict);
        from.ifPresent(time -> json.put("from", time.toString()));
        until.ifPresent(time -> json.put("until", time.toString()));
        compromised.ifPresent(time -> json.put("compromised", time.toString()));
        return json.build();
    }

    static Pin parse(JsonObject json) {
        json.only("type", "id", "key", "purpose", "from", "until", "compromised", "policies", "strict");
        return new Pin(
                KeyText.type(json.string("type")),
                json.string("id"),
                json.string("key"),
                json.string("purpose"),
                json.optionalString("from").map(Pin::time),
                json.optionalString("until").map(Pin::time),
                json.optionalString("compromised").map(Pin::time),
                json.array("policies").strings(),
                json.bool("strict"));
    }

    static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("a time is " + text + ", expected as 2026-01-02T03:04:05Z", e);
        }
    }

    @Override
    public String toString() {
        return id + " for " + purpose;
    }
}
