package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.dsse.Subject;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.disk.AtomicFile;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.SignatureRecord;
import io.vaultmesh.remembrancer.memory.TimestampRecord;
import io.vaultmesh.remembrancer.openpgp.PgpKeyring;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.receipt.Receipt;
import io.vaultmesh.remembrancer.timestamp.Timestamp;
import io.vaultmesh.remembrancer.timestamp.TimestampAnswer;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Signs artifacts, has them stamped, and verifies all that is known of them. What is made is written beside the artifact,
 * for others' tools, and recorded. Got from {@link Remembrancer#artifacts}.
 *
 * <p>Thread-safe. Whatever others do meanwhile, what is written and recorded is true of the bytes that it names, and each
 * file is whole; threads of one process that sign an artifact at once all find their signature beside it. Not guaranteed:
 * that the stamps beside an artifact are over the very signatures beside it, if others sign or stamp it meanwhile; nor that
 * signatures of other processes stay beside it. All of them are recorded.
 */
public final class Artifacts {

    static final String SIGNATURE = ".asc";
    static final String REQUEST = ".tsq";
    static final String RESPONSE = ".tsr";

    private static final Object SIGNATURES = new Object(); // one at a time adds to what is beside an artifact
    private static final int MOST_SHOWN = 60;

    private final Namespace namespace;
    private final Trust trust;
    private final InstantSource clock;
    private final Supplier<TimestampClient> authorities;

    Artifacts(Namespace namespace, Trust trust, InstantSource clock, Supplier<TimestampClient> authorities) {
        this.namespace = namespace;
        this.trust = trust;
        this.clock = clock;
        this.authorities = authorities;
    }

    /**
     * Signs an artifact: writes the armored signature to a file called as the artifact and {@code .asc}, and records it. If
     * there is such a file, its signatures are kept before the new one. A timestamp that is beside that file is then over
     * what it was; {@link #timestamp} has it stamped again.
     *
     * @param artifact the file
     * @param key who signs; whether anybody trusts it doesn't matter here
     * @return the receipt of the signature's record
     * @throws IllegalArgumentException if the file beside it is no armored signature, or the artifact's name has control
     *     characters
     * @throws IllegalStateException if the artifact changes while it is signed; nothing is written
     * @throws UncheckedIOException if a file can't be read or written
     */
    @CanIgnoreReturnValue
    public Receipt sign(Path artifact, PgpSecretKey key) {
        return signed(artifact, key).receipt();
    }

    /**
     * What was signed, and how.
     *
     * @param digest the artifact's hash
     * @param signatures the hash of the file beside it
     * @param receipt the receipt of the signature's record
     */
    private record Signed(Hash digest, Hash signatures, Receipt receipt) {}

    private Signed signed(Path artifact, PgpSecretKey key) {
        String name = name(artifact);
        Path file = Evidence.beside(artifact, SIGNATURE);
        Optional<PgpSignature> unused = beside(file); // before an artifact that may be long is read
        Instant now = clock.instant();
        PgpSignature signature = key.sign(artifact, now);
        Hash digest = digestOfWhatIsSigned(artifact, key, signature, now);
        byte[] armored;
        synchronized (SIGNATURES) {
            armored = beside(file)
                    .map(others -> others.and(signature))
                    .orElse(signature)
                    .toArmor()
                    .getBytes(StandardCharsets.US_ASCII);
            AtomicFile.write(file, armored);
        }
        SignatureRecord record = SignatureRecord.of(
                Subject.artifact(name, digest),
                "openpgp:" + key.certificate().fingerprint().hex(),
                Body.bytes(armored, "application/pgp-signature", "asc"));
        Receipt receipt = namespace.record(
                deployment(digest).map(id -> record.link(Link.Rel.SIGNS, id)).orElse(record));
        return new Signed(digest, Hashing.sha256(armored), receipt);
    }

    private static Optional<PgpSignature> beside(Path file) {
        return Files.exists(file) ? Optional.of(PgpSignature.read(file)) : Optional.empty();
    }

    /** An artifact's name, which stands in reports and in titles of records. */
    private static String name(Path file) {
        String name = String.valueOf(file.getFileName());
        if (name.chars().anyMatch(Character::isISOControl)) {
            String shown = name.replaceAll("\\p{Cntrl}", "?");
            throw new IllegalArgumentException("name of the artifact is \""
                    + (shown.length() > MOST_SHOWN ? shown.substring(0, MOST_SHOWN) + "…" : shown)
                    + "\" with each control character shown as a question mark, expected no control characters in it");
        }
        return name;
    }

    /** The hash of the very bytes that a signature is over. */
    private static Hash digestOfWhatIsSigned(Path artifact, PgpSecretKey key, PgpSignature signature, Instant now) {
        MessageDigest digest = Hashing.newSha256();
        PgpKeyring signer = PgpKeyring.empty().pin(key.certificate().fingerprint(), key.certificate());
        try (InputStream stream = new DigestInputStream(Files.newInputStream(artifact), digest)) {
            signer.verify(signature, stream, now).verdict(1).reason().ifPresent(reason -> {
                throw new IllegalStateException(
                        artifact + " changes while it is signed, or the key may not sign: " + reason);
            });
            return Hash.of(digest.digest());
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + artifact + ": " + e, e);
        }
    }

    private Optional<Hash> deployment(Hash digest) {
        return new Evidence(namespace)
                .records(Kind.DEPLOYMENT, digest).stream().findFirst().map(Receipt::id);
    }

    /**
     * Has an artifact stamped, and its signature too, if there is one beside it: writes each request and answer to files
     * called as what is stamped and {@code .tsq} and {@code .tsr}, and records the answers.
     *
     * @param artifact the file
     * @return the receipts of the timestamps' records
     * @throws IllegalArgumentException if the artifact's name has control characters
     * @throws IllegalStateException if no authority is set, or none is pinned
     * @throws io.vaultmesh.remembrancer.timestamp.TimestampUnavailableException if no authority gives one that verifies
     * @throws UncheckedIOException if a file can't be read or written
     */
    @CanIgnoreReturnValue
    public List<Receipt> timestamp(Path artifact) {
        String unused = name(artifact);
        List<Receipt> receipts = new ArrayList<>();
        Hash digest = Hashing.sha256(artifact);
        receipts.add(stamp(artifact, digest, deployment(digest)));
        Path signature = Evidence.beside(artifact, SIGNATURE);
        if (Files.exists(signature)) {
            Hash signed = Hashing.sha256(signature);
            receipts.add(stamp(signature, signed, signatureRecord(digest, signed)));
        }
        return receipts;
    }

    private Optional<Hash> signatureRecord(Hash artifact, Hash signature) {
        return new Evidence(namespace)
                .records(Kind.SIGNATURE, artifact).stream()
                        .filter(receipt -> receipt.record().predicate().body().stream()
                                .anyMatch(body -> body.digest().equals(signature)))
                        .findFirst()
                        .map(Receipt::id);
    }

    @CanIgnoreReturnValue
    private Receipt stamp(Path file, Hash digest, Optional<Hash> about) {
        TimestampAnswer answer = authorities.get().stamp(digest);
        byte[] response = answer.response().toBytes();
        AtomicFile.write(Evidence.beside(file, REQUEST), answer.request().toBytes());
        AtomicFile.write(Evidence.beside(file, RESPONSE), response);
        Timestamp facts = answer.timestamp();
        TimestampRecord record = TimestampRecord.of(
                        Subject.artifact(name(file), digest),
                        facts.genTime(),
                        Body.bytes(response, "application/timestamp-reply", "tsr"))
                .attribute("authority", facts.authority())
                .attribute("policy", facts.policy())
                .attribute("serial", facts.serial().toString())
                .attribute("pin", "sha256:" + facts.anchor());
        return namespace.record(
                about.map(id -> record.link(Link.Rel.TIMESTAMPS, id)).orElse(record));
    }

    /**
     * Verifies an artifact by the default policy: {@link #verifyFull(Path, VerificationPolicy)}.
     *
     * @param artifact the file
     * @return what was found
     */
    public ArtifactVerification verifyFull(Path artifact) {
        return verifyFull(artifact, VerificationPolicy.defaults());
    }

    /**
     * Verifies all that is recorded of an artifact, and what lies beside it: its hash, the deployment that names it, that this
     * is in the log, every signature by the pinned keys, every timestamp by the pinned authorities, and the cosignatures of
     * pinned witnesses. What no pin vouches for is not checked, and counts for nothing; what is missing is absent. A
     * signature whose key was trusted only for a time is judged by the earliest verified timestamp over it, if there is one,
     * else by the time that it claims.
     *
     * <p>Not checked is whether a checkpoint is anchored elsewhere.
     *
     * @param artifact the file
     * @param policy what must hold
     * @return what was found, and whether the policy is met. A deployment must be recorded, whatever the policy
     * @throws IllegalArgumentException if the artifact's name has control characters, by which it could forge the report
     * @throws UncheckedIOException if the artifact can't be read
     */
    public ArtifactVerification verifyFull(Path artifact, VerificationPolicy policy) {
        String unused = name(artifact);
        return new ArtifactVerifier(namespace, trust.store(), clock, artifact).verify(policy);
    }

    /**
     * Signs an artifact, has it and the signature stamped, records both, and verifies all of it. What is stamped and verified
     * are the very bytes that were signed.
     *
     * @param artifact the file, whose deployment is recorded
     * @param key who signs, a pinned key
     * @return what was found: the policy asks for one stamped signature
     * @throws IllegalArgumentException as {@link #sign} throws it
     * @throws IllegalStateException if no authority is set, or none is pinned, or the artifact changes meanwhile; what is
     *     signed and stamped by then stays recorded
     * @throws io.vaultmesh.remembrancer.timestamp.TimestampUnavailableException if no authority gives one that verifies; the
     *     signature stays
     * @throws UncheckedIOException if a file can't be read or written
     */
    @CanIgnoreReturnValue
    public ArtifactVerification attest(Path artifact, PgpSecretKey key) {
        TimestampClient unused = authorities.get(); // before anything is signed
        Signed signed = signed(artifact, key);
        stamp(artifact, signed.digest(), deployment(signed.digest()));
        stamp(
                Evidence.beside(artifact, SIGNATURE),
                signed.signatures(),
                Optional.of(signed.receipt().id()));
        ArtifactVerification verification =
                verifyFull(artifact, VerificationPolicy.defaults().withTimestamps());
        if (!verification.digest().equals(signed.digest())) {
            throw new IllegalStateException(artifact + " changes while it is attested");
        }
        return verification;
    }

    /**
     * Seals a git revision: writes the archive of its tree to {@code genesis-<commit>.tar}, records that as a deployment of
     * the component {@code genesis}, and {@linkplain #attest attests} it. The archive depends on the commit alone: the
     * repository's configuration, filters, own attributes and branches don't count. Who has a clone without them makes the same
     * one by {@code git -c tar.umask=0022 archive --format=tar <commit>}, with a git that writes archives as this one does,
     * unless the revision has git put the names of branches and tags into files ({@code export-subst}).
     *
     * @param repository the repository's directory
     * @param revision the commit, tag or branch
     * @param into the directory for the archive and what goes beside it
     * @param key who signs, a pinned key
     * @return what was found, as of any artifact
     * @throws UncheckedIOException if there is no such revision, or git isn't there, or a file can't be written
     * @throws IllegalStateException if no authority is set
     */
    @CanIgnoreReturnValue
    public ArtifactVerification genesis(Path repository, String revision, Path into, PgpSecretKey key) {
        TimestampClient unused = authorities.get();
        GitSnapshot snapshot = new GitSnapshot(repository, revision);
        Path archive = snapshot.writeTo(into);
        namespace.record(Deployment.of("genesis", snapshot.commit())
                .artifact(archive)
                .attribute("commit", snapshot.commit())
                .key("genesis/" + snapshot.commit()));
        return attest(archive, key);
    }
}
