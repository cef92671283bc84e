package io.vaultmesh.remembrancer.trust;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonArray;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.remembrancer.openpgp.PgpCertificate;
import io.vaultmesh.remembrancer.openpgp.PgpKeyring;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * All that is trusted: pinned keys and root certificates, each with what it is for and when. Whatever no pin vouches for
 * is not checked, and never passes.
 *
 * <p>A value, with one form as canonical JSON (RFC 8785) and so one {@link #digest()}. Changes give changed copies.
 * Immutable and thread-safe.
 */
public final class TrustStore {

    private static final long FORMAT = 1;
    private static final TrustStore EMPTY = new TrustStore(new TreeMap<>(), List.of());

    private final SortedMap<String, Pin> pins;
    private final List<Rotation> rotations;

    private TrustStore(SortedMap<String, Pin> pins, List<Rotation> rotations) {
        this.pins = pins;
        this.rotations = List.copyOf(rotations);
    }

    /**
     * A store that trusts nothing.
     *
     * @return the store
     */
    public static TrustStore empty() {
        return EMPTY;
    }

    /**
     * This store with one more pin, or with another one of the same key in its place. What was told of a compromise or a
     * rotation isn't lifted by that: a program that pins its keys whenever it starts doesn't trust again what it should not.
     *
     * @param pin the pin
     * @return a store
     * @throws IllegalArgumentException if the key is known to be compromised earlier than the pin says, or gave its place to
     *     another one before the pin ends
     */
    public TrustStore pin(Pin pin) {
        requireNonNull(pin, "pin");
        pin(pin.id()).flatMap(Pin::compromised).ifPresent(since -> {
            if (pin.compromised().isEmpty() || pin.compromised().get().isAfter(since)) {
                throw new IllegalArgumentException(pin.id() + " is compromised since " + since
                        + ", expected a pin that says so, or since earlier");
            }
        });
        for (Rotation rotation : rotations) {
            boolean longer = pin.until().isEmpty() || pin.until().get().isAfter(rotation.at());
            if (rotation.from().equals(pin.id()) && longer) {
                throw new IllegalArgumentException(pin.id() + " gave its place to " + rotation.to() + " at "
                        + rotation.at() + ", expected a pin that ends by then");
            }
        }
        SortedMap<String, Pin> more = new TreeMap<>(pins);
        more.put(pin.id(), pin);
        return new TrustStore(more, rotations);
    }

    /**
     * This store, in which an OpenPGP key takes the place of another: the old one is trusted until then, the new one from
     * then on, and both signed that.
     *
     * @param old the old key, which is pinned
     * @param fresh the new key
     * @param now when; cut to whole seconds
     * @return a store
     * @throws IllegalArgumentException if the old key isn't pinned, or its pin ended or is compromised by then: it has no
     *     say any more
     */
    public TrustStore rotate(PgpSecretKey old, PgpSecretKey fresh, Instant now) {
        Rotation rotation = Rotation.sign(old, fresh, now);
        Pin before = require(rotation.from());
        before.allows(rotation.at(), Optional.empty()).reason().ifPresent(reason -> {
            throw new IllegalArgumentException("a key that is to be rotated must be trusted, but " + reason);
        });
        Pin after = Pin.openPgp(fresh.certificate(), before.purpose()).from(rotation.at());
        rotation.require(before, after);
        List<Rotation> more = new ArrayList<>(rotations);
        more.add(rotation);
        TrustStore pinned = pin(before.until(rotation.at())).pin(after);
        return new TrustStore(pinned.pins, more);
    }

    /**
     * This store, in which a key is feared to be in other hands.
     *
     * @param id the id of its pin
     * @param since since when: what it signed counts only with evidence from before
     * @return a store
     * @throws IllegalArgumentException if there is no such pin, or it is no OpenPGP key; narrow the window of others.
     *     Also if it is known to be compromised since earlier
     */
    public TrustStore compromised(String id, Instant since) {
        Pin pin = require(id);
        if (pin.type() != Pin.Type.OPENPGP) {
            throw new IllegalArgumentException(id + " can't be told to be compromised, only an OpenPGP key can;"
                    + " pin it again with a window that ends");
        }
        return pin(pin.compromised(since));
    }

    private Pin require(String id) {
        return pin(id).orElseThrow(
                        () -> new IllegalArgumentException(id + " is not pinned, expected one of " + pins.keySet()));
    }

    /**
     * The pins.
     *
     * @return an unmodifiable list, sorted by id
     */
    public List<Pin> pins() {
        return List.copyOf(pins.values());
    }

    /**
     * A pin.
     *
     * @param id its id
     * @return the pin, if there is one
     */
    public Optional<Pin> pin(String id) {
        return Optional.ofNullable(pins.get(id));
    }

    /**
     * The rotations, each signed by both keys.
     *
     * @return an unmodifiable list, in the order in which they were made
     */
    public List<Rotation> rotations() {
        return rotations;
    }

    /**
     * The certificates that artifacts may be signed by.
     *
     * @return a keyring; the windows of the pins are not in it
     */
    public PgpKeyring keyring() {
        PgpKeyring keyring = PgpKeyring.empty();
        for (Pin pin : of(Pin.Type.OPENPGP)) {
            PgpCertificate certificate = PgpCertificate.parse(pin.key().getBytes(StandardCharsets.UTF_8));
            keyring = keyring.pin(certificate.fingerprint(), certificate);
        }
        return keyring;
    }

    /**
     * What judges timestamps by the pinned authorities.
     *
     * @param clock the present, after which nothing can have been stamped
     * @return the verifier; empty if no authority is pinned
     */
    public Optional<TimestampVerifier> timestamps(InstantSource clock) {
        TimestampAnchor[] anchors =
                of(Pin.Type.TSA).stream().map(TrustStore::anchor).toArray(TimestampAnchor[]::new);
        return anchors.length == 0 ? Optional.empty() : Optional.of(TimestampVerifier.pinning(clock, anchors));
    }

    private static TimestampAnchor anchor(Pin pin) {
        TimestampAnchor anchor = TimestampAnchor.of(pin.key().getBytes(StandardCharsets.UTF_8));
        if (!pin.policies().isEmpty()) {
            anchor = anchor.policies(pin.policies().toArray(String[]::new));
        }
        if (pin.from().isPresent()) {
            anchor = anchor.from(pin.from().get());
        }
        if (pin.until().isPresent()) {
            anchor = anchor.until(pin.until().get());
        }
        return pin.strict() ? anchor.strictEss() : anchor;
    }

    /**
     * The pins of a type.
     *
     * @param type the type
     * @return an unmodifiable list, sorted by id
     */
    public List<Pin> of(Pin.Type type) {
        return pins.values().stream().filter(pin -> pin.type() == type).toList();
    }

    /**
     * The store as canonical JSON.
     *
     * @return the bytes
     */
    public byte[] bytes() {
        return CanonicalJson.encode(JsonObject.builder()
                .put("format", FORMAT)
                .put(
                        "pins",
                        new JsonArray(pins.values().stream()
                                .<JsonValue>map(Pin::toJson)
                                .toList()))
                .put(
                        "rotations",
                        new JsonArray(rotations.stream()
                                .<JsonValue>map(Rotation::toJson)
                                .toList()))
                .build());
    }

    /**
     * What identifies all that is trusted.
     *
     * @return the SHA-256 hash of {@link #bytes()}
     */
    public Hash digest() {
        return Hashing.sha256(bytes());
    }

    /**
     * Reads a store.
     *
     * @param json its canonical JSON
     * @return the store
     * @throws IllegalArgumentException if it is not one, has another form, or has a rotation that both keys didn't sign
     */
    public static TrustStore parse(byte[] json) {
        try {
            return read(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a trust store: " + e.getMessage(), e);
        }
    }

    private static TrustStore read(byte[] json) {
        JsonObject object = StrictJson.parseObject(json, "trust store").only("format", "pins", "rotations");
        if (object.integer("format") != FORMAT) {
            throw new IllegalArgumentException("format is " + object.integer("format") + ", expected " + FORMAT);
        }
        SortedMap<String, Pin> pins = new TreeMap<>();
        object.array("pins").objects().stream().map(Pin::parse).forEach(pin -> pins.put(pin.id(), pin));
        List<Rotation> rotations = object.array("rotations").objects().stream()
                .map(Rotation::parse)
                .toList();
        TrustStore store = new TrustStore(pins, rotations);
        rotations.forEach(rotation -> rotation.require(store.require(rotation.from()), store.require(rotation.to())));
        if (!Arrays.equals(store.bytes(), json)) {
            throw new IllegalArgumentException("it is not canonical JSON (RFC 8785) with each key once, sorted");
        }
        return store;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrustStore store && pins.equals(store.pins) && rotations.equals(store.rotations);
    }

    @Override
    public int hashCode() {
        return pins.hashCode();
    }

    @Override
    public String toString() {
        return "trust store of " + pins.size() + " pins, " + digest();
    }
}
