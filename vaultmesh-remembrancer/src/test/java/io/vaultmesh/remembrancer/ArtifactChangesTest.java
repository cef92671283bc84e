package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.openpgp.PgpKeyring;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.timestamp.TimestampResponse;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An artifact that is now one, now another, while it is signed, stamped and verified. Both are deployed. */
class ArtifactChangesTest extends ArtifactFixture {

    private static final int ROUNDS = 25;
    private static final int LENGTH = 200_000;

    private final byte[] one = "1".repeat(LENGTH).getBytes(UTF_8);
    private final byte[] two = "2".repeat(LENGTH).getBytes(UTF_8);
    private boolean isOne;

    @BeforeEach
    void deployBoth() throws IOException {
        pinAll();
        for (byte[] content : List.of(two, one)) {
            Files.write(artifact, content);
            memory.record(Deployment.of("ledger", "1.5.0").artifact(artifact));
        }
        isOne = true;
    }

    private void flip() {
        isOne = !isOne;
        try {
            Files.write(artifact, isOne ? one : two);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path beside(String suffix) {
        return Path.of(artifact + suffix);
    }

    private boolean isSigned(byte[] content) {
        return PgpKeyring.empty()
                .pin(key.certificate().fingerprint(), key.certificate())
                .verify(PgpSignature.read(beside(".asc")), content, now)
                .verdict(1)
                .holds();
    }

    private boolean isStamped(Hash digest, String suffix) throws IOException {
        return TimestampVerifier.pinning(() -> now, authority.anchor())
                .verify(TimestampResponse.parse(Files.readAllBytes(beside(suffix))), digest)
                .verdict()
                .holds();
    }

    /** The one that the files beside the artifact are about, if there is a signature; they must be about no other. */
    @CanIgnoreReturnValue
    private Optional<Hash> requireConsistent() throws IOException {
        if (!Files.exists(beside(".asc"))) {
            assertFalse(Files.exists(beside(".tsr")), "a stamp without a signature");
            return Optional.empty();
        }
        assertTrue(isSigned(one) != isSigned(two), "the signature is over one of them");
        Hash signed = Hashing.sha256(isSigned(one) ? one : two);
        if (Files.exists(beside(".tsr"))) {
            assertTrue(isStamped(signed, ".tsr"), "what is signed is stamped");
        }
        if (Files.exists(beside(".asc.tsr"))) {
            assertTrue(isStamped(Hashing.sha256(beside(".asc")), ".asc.tsr"), "the signature beside it is stamped");
        }
        return Optional.of(signed);
    }

    /** What the signature was recorded to be over. */
    private Hash newestSigned() {
        return memory.timeline()
                .filter(record -> record.kind() == Kind.SIGNATURE)
                .max(Comparator.comparingLong(record -> record.predicate().seq()))
                .orElseThrow()
                .subjects()
                .get(0)
                .digest();
    }

    @Test
    void isAttestedWholeOrNotAtAll() throws IOException {
        meanwhile = () -> {
            if (isOne && Files.exists(beside(".asc"))) {
                flip(); // after one was signed, and before the rest
            }
        };
        String refused = assertThrows(IllegalStateException.class, () -> memory.attest(artifact, key))
                .getMessage();
        meanwhile = () -> {};
        assertEquals(artifact + " changes while it is attested", refused);
        Hash signed = requireConsistent().orElseThrow();
        assertEquals(Hashing.sha256(one), signed);
        assertTrue(isStamped(signed, ".tsr"));
        assertEquals(signed, newestSigned());
        flip();
        memory.artifacts("main")
                .verifyFull(artifact, VerificationPolicy.defaults().withTimestamps())
                .orThrow();
    }

    @Test
    void isNotVerifiedByTheSignatureOverTheOther() {
        flip();
        memory.sign(artifact, key); // two is signed, one is not
        flip();
        meanwhile = this::flip; // after it was hashed, and before the signature is looked at
        ArtifactVerification verification = verified();
        meanwhile = () -> {};
        refuted("the artifact changes while it is read", verification);
        assertEquals(Hashing.sha256(one), verification.digest());
        assertEquals(Outcome.FAIL, outcome(verification, "signature 1"));
        memory.sign(artifact, key);
        verified().orThrow();
    }

    /** Another thread exchanges them as fast as it can. What comes of a round depends on the machine, what is true doesn't. */
    @Test
    void whateverIsMadeOfItIsOfOneOfThem() throws Exception {
        Path first = Files.write(directory.resolve("one"), one);
        Path second = Files.write(directory.resolve("two"), two);
        AtomicBoolean done = new AtomicBoolean();
        Thread flipping = new Thread(() -> exchange(first, second, done));
        flipping.start();
        Map<String, Integer> outcomes = new TreeMap<>();
        try {
            for (int i = 0; i < ROUNDS; i++) {
                for (String suffix : List.of(".asc", ".tsq", ".tsr", ".asc.tsq", ".asc.tsr")) {
                    Files.deleteIfExists(beside(suffix));
                }
                outcomes.merge(attestOnce(), 1, Integer::sum);
                requireConsistent();
            }
        } finally {
            done.set(true);
            flipping.join();
        }
        System.out.println("an artifact that changes was attested " + ROUNDS + " times: " + outcomes);
        memory.attest(artifact, key).orThrow();
        memory.verifyAudit().orThrow();
    }

    private String attestOnce() throws IOException {
        try {
            ArtifactVerification verification = memory.attest(artifact, key);
            if (verification.verdict().holds()) {
                assertEquals(requireConsistent(), Optional.of(verification.digest()));
                assertEquals(verification.digest(), newestSigned());
                return "holds";
            }
            return "refuted";
        } catch (IllegalStateException e) {
            assertTrue(e.getMessage().contains("changes while it is"), e.getMessage());
            return "refused";
        }
    }

    private void exchange(Path first, Path second, AtomicBoolean done) {
        Path link = directory.resolve("link");
        try {
            for (int i = 0; !done.get(); i++) {
                Files.createLink(link, i % 2 == 0 ? first : second);
                Files.move(link, artifact, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
