package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.disk.AtomicFile;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.TrustChange;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.receipt.Receipt;
import io.vaultmesh.remembrancer.timestamp.TimestampAnchor;
import io.vaultmesh.remembrancer.trust.Pin;
import io.vaultmesh.remembrancer.trust.TrustStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a memory trusts, and its history: each change is a record of kind {@code key} in the namespace {@code main}, whose
 * body is the whole store from then on. The newest of them is in force; {@code trust.json} in the memory's directory is
 * the same, signed by the memory's author, for others to read. Thread-safe.
 */
public final class Trust {

    /** The payload type of {@code trust.json}, a DSSE envelope. */
    public static final String PAYLOAD_TYPE = "application/vnd.vaultmesh.trust+json";

    static final String FILE = "trust.json";

    private final Path file;
    private final Namespaces namespaces;
    private final EnvelopeSigner author;
    private final InstantSource clock;
    private @Nullable TrustStore current; // guarded by this

    Trust(Path directory, Namespaces namespaces, EnvelopeSigner author, InstantSource clock) {
        this.file = directory.resolve(FILE);
        this.namespaces = namespaces;
        this.author = author;
        this.clock = clock;
    }

    /**
     * The store in force.
     *
     * @return the store; it trusts nothing until something is pinned
     * @throws MemoryDamagedException if {@code trust.json} is not a store that this memory had, or the newest one is gone
     * @throws IllegalStateException if the memory is closed
     */
    public synchronized TrustStore store() {
        namespaces.requireOpen();
        TrustStore known = current;
        if (known == null) {
            known = load();
            current = known;
        }
        return known;
    }

    /**
     * Pins a key, or narrows or widens the pin that it has. What was told of a compromise or a rotation isn't lifted by that.
     *
     * @param pin the pin
     * @return the receipt of the change
     * @throws IllegalArgumentException if the key is known to be compromised earlier than the pin says, or gave its place to
     *     another one before the pin ends
     */
    @CanIgnoreReturnValue
    public Receipt pin(Pin pin) {
        return change("Trusts " + pin, store -> store.pin(pin));
    }

    /**
     * Pins the root certificate of an authority that stamps, which is fetched, if it is the expected one.
     *
     * @param certificate where the authority publishes it, in PEM or DER
     * @param expected its SHA-256 fingerprint, from another source
     * @return the receipt of the change
     * @throws IllegalArgumentException if another certificate was found there; the message shows its fingerprint. Nothing is
     *     pinned
     * @throws UncheckedIOException if it can't be fetched
     */
    @CanIgnoreReturnValue
    public Receipt pinTsa(URI certificate, Hash expected) {
        TimestampAnchor found = TimestampAnchor.fetch(certificate);
        if (!found.id().equals(expected)) {
            throw new IllegalArgumentException("the certificate at " + certificate + " is of " + found.name()
                    + " with fingerprint " + found.id() + ", expected " + expected + "; it is not pinned");
        }
        return pin(Pin.timestamps(found, "timestamps of " + certificate.getHost()));
    }

    /**
     * Tells that somebody else may have an OpenPGP key: what it signed counts only if a timestamp proves it older.
     *
     * @param id the id of its pin
     * @param since since when
     * @return the receipt of the change
     * @throws IllegalArgumentException if there is no such pin, or it is of something else, or is known to be compromised
     *     since earlier
     */
    @CanIgnoreReturnValue
    public Receipt compromised(String id, Instant since) {
        return change("Fears that " + id + " is compromised since " + since, store -> store.compromised(id, since));
    }

    /**
     * Lets one OpenPGP key take the place of another. Both sign that.
     *
     * @param old the old key, which is pinned and trusted now; from now on it isn't
     * @param fresh the new key, trusted from now on
     * @return the receipt of the change
     * @throws IllegalArgumentException if the old key is not trusted now
     */
    @CanIgnoreReturnValue
    public Receipt rotate(PgpSecretKey old, PgpSecretKey fresh) {
        return change(
                "Trusts " + fresh.certificate().fingerprint() + " in the place of "
                        + old.certificate().fingerprint(),
                store -> store.rotate(old, fresh, clock.instant()));
    }

    /** Looks at the store and changes it in one step, or of two changes at once one would be lost. */
    private synchronized Receipt change(String what, UnaryOperator<TrustStore> change) {
        TrustStore next = change.apply(store());
        Receipt receipt = main().record(TrustChange.of(what, Body.bytes(next.bytes(), "application/json", "json")));
        current = next; // it is in force, whatever happens to the file
        write(next);
        return receipt;
    }

    private Namespace main() {
        return namespaces.registered(NamespaceName.MAIN);
    }

    private void write(TrustStore store) {
        AtomicFile.write(
                file, Envelope.sign(PAYLOAD_TYPE, store.bytes(), author).bytes());
    }

    private TrustStore load() {
        List<MemoryRecord> changes = changes();
        Optional<byte[]> published = published();
        if (changes.isEmpty()) {
            published.ifPresent(unused -> {
                throw new MemoryDamagedException(file + " is there, but nothing was ever trusted here");
            });
            return TrustStore.empty();
        }
        TrustStore store = storeOf(changes.get(0));
        Optional<Hash> digest = published.map(Hashing::sha256);
        if (!digest.equals(Optional.of(store.digest()))) {
            digest.ifPresent(found -> requireEarlier(found, changes));
            write(store); // a crash came between the record and the file
        }
        return store;
    }

    /** The changes by this memory's author, the newest first. */
    private List<MemoryRecord> changes() {
        try (Stream<Hit> hits = main().query(Search.all()).kinds(Kind.KEY).author(author.keyId()).stream()) {
            return hits.sorted(Comparator.comparingLong(Hit::index).reversed())
                    .map(Hit::record)
                    .toList();
        }
    }

    private TrustStore storeOf(MemoryRecord change) {
        try (InputStream body = main().openBody(change).orElseThrow()) {
            return TrustStore.parse(body.readAllBytes());
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException("record " + change.id() + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the body of record " + change.id() + ": " + e, e);
        }
    }

    private void requireEarlier(Hash found, List<MemoryRecord> changes) {
        boolean earlier = changes.stream()
                .map(change -> change.predicate().body().map(BodyRef::digest))
                .anyMatch(Optional.of(found)::equals);
        if (!earlier) {
            throw new MemoryDamagedException(file + " has the trust store " + found
                    + ", which no key record of this memory has; delete it, and it is made anew");
        }
    }

    /** What {@code trust.json} says, signed by the author. */
    private Optional<byte[]> published() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (!Files.isRegularFile(file)) {
                throw new IllegalArgumentException("it is no regular file");
            }
            byte[] bytes = Files.readAllBytes(file);
            Envelope envelope = Envelope.parse(bytes);
            Envelope ours = Envelope.sign(PAYLOAD_TYPE, envelope.payload(), author);
            if (!Arrays.equals(ours.bytes(), bytes)) { // Ed25519 signs in one way only
                throw new IllegalArgumentException("it is not as the memory's author " + author.keyId() + " writes it");
            }
            return Optional.of(envelope.payload());
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(file + ": " + e.getMessage() + "; delete it, and it is made anew", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    boolean isPublished() {
        return Files.exists(file);
    }

    /** Whether the file and the records agree; nothing, if nothing was ever trusted. */
    synchronized Optional<Check> check() {
        try {
            TrustStore store = load();
            return store.equals(TrustStore.empty())
                    ? Optional.empty()
                    : Optional.of(Check.pass("trust", "the trust store " + store.digest() + " is in force"));
        } catch (MemoryDamagedException e) {
            return Optional.of(Check.fail("trust", String.valueOf(requireNonNull(e.getMessage()))));
        }
    }
}
