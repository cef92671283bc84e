package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.remembrancer.ArtifactVerification;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.openpgp.PgpKeyring;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.openpgp.PgpVerification;
import io.vaultmesh.remembrancer.timestamp.TimestampAuthority;
import io.vaultmesh.remembrancer.timestamp.TimestampRequest;
import io.vaultmesh.remembrancer.timestamp.TimestampResponse;
import io.vaultmesh.remembrancer.timestamp.TimestampVerification;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.remembrancer.trust.Pin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Verifies signatures and timestamps over 600 bytes, and all that is known of an artifact of as many. */
@State(Scope.Benchmark)
public class Verifying {

    private static final int RSA_BITS = 3072;

    private final byte[] data = Samples.entries(1)[0];
    private final Instant now = Instant.now();
    private final SecureRandom random = new SecureRandom();

    private final PgpSecretKey edKey = PgpSecretKey.generateEd25519("A <a@example.com>", now, random);
    private final PgpKeyring edRing = pinning(edKey);
    private final PgpSignature edSignature = edKey.sign(data, now);
    private final PgpKeyring rsaRing;
    private final PgpSignature rsaSignature;
    private final Ed25519PrivateKey ed25519 = Ed25519PrivateKey.generate(random);
    private final byte[] ed25519Signature = ed25519.sign(data);
    private final Plain rsa = Plain.of("RSA", "SHA256withRSA", data);
    private final Plain ecdsa = Plain.of("EC", "SHA256withECDSA", data);

    private final TimestampAuthority authority = TimestampAuthority.create(InstantSource.system());
    private final TimestampVerifier verifier = TimestampVerifier.pinning(InstantSource.system(), authority.anchor());
    private final Hash imprint = Hashing.sha256(data);
    private final TimestampResponse token = TimestampResponse.parse(
            authority.respond(TimestampRequest.of(imprint, random).toBytes()));

    private final Path directory = Scratch.create();
    private final Remembrancer memory;
    private final Path artifact;

    public Verifying() {
        try (PgpSecretKey rsaKey = PgpSecretKey.generateRsa(RSA_BITS, "B <b@example.com>", now, random)) {
            rsaRing = pinning(rsaKey);
            rsaSignature = rsaKey.sign(data, now);
        }
        artifact = directory.resolve("artifact");
        write(artifact, data);
        try (var endpoint = authority.serve()) {
            memory = Remembrancer.builder(directory.resolve("memory"))
                    .timestampAuthority(endpoint.uri())
                    .open();
            memory.trust().pin(Pin.openPgp(edKey.certificate(), "releases"));
            memory.trust().pin(Pin.timestamps(authority.anchor(), "development"));
            memory.record(Deployment.of("ledger", "1.4.0").artifact(artifact));
            memory.attest(artifact, edKey).orThrow();
        }
    }

    /** A signature by the JDK alone. */
    private static final class Plain {

        private final KeyPair pair;
        private final String algorithm;
        private final byte[] signature;

        private Plain(KeyPair pair, String algorithm, byte[] signature) {
            this.pair = pair;
            this.algorithm = algorithm;
            this.signature = signature;
        }

        static Plain of(String type, String algorithm, byte[] data) {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
                if (type.equals("RSA")) {
                    generator.initialize(RSA_BITS);
                } else {
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                }
                KeyPair pair = generator.generateKeyPair();
                Signature signer = Signature.getInstance(algorithm);
                signer.initSign(pair.getPrivate());
                signer.update(data);
                return new Plain(pair, algorithm, signer.sign());
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        boolean verify(byte[] data) {
            try {
                Signature check = Signature.getInstance(algorithm);
                check.initVerify(pair.getPublic());
                check.update(data);
                return check.verify(signature);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Path unused = Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e, e);
        }
    }

    private static PgpKeyring pinning(PgpSecretKey key) {
        return PgpKeyring.empty().pin(key.certificate().fingerprint(), key.certificate());
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("what is measured doesn't verify");
        }
    }

    @TearDown
    public void delete() throws IOException {
        memory.close();
        edKey.close();
        Scratch.delete(directory);
    }

    @Benchmark
    public PgpVerification pgpEd25519() {
        PgpVerification verification = edRing.verify(edSignature, data, now);
        require(verification.verdict(1).holds());
        return verification;
    }

    @Benchmark
    public boolean ed25519() {
        boolean holds = ed25519.publicKey().verify(data, ed25519Signature);
        require(holds);
        return holds;
    }

    @Benchmark
    public PgpVerification pgpRsa() {
        PgpVerification verification = rsaRing.verify(rsaSignature, data, now);
        require(verification.verdict(1).holds());
        return verification;
    }

    @Benchmark
    public boolean rsa() {
        boolean holds = rsa.verify(data);
        require(holds);
        return holds;
    }

    @Benchmark
    public TimestampVerification timestamp() {
        TimestampVerification verification = verifier.verify(token, imprint);
        require(verification.verdict().holds());
        return verification;
    }

    /** As many as a token under a root that signed the authority's certificate takes. */
    @Benchmark
    public boolean twoEcdsa() {
        require(ecdsa.verify(data));
        boolean second = ecdsa.verify(data);
        require(second);
        return second;
    }

    @Benchmark
    public ArtifactVerification artifact() {
        return memory.verifyFull(artifact).orThrow();
    }

    /** The arithmetic of all that: a signature, two tokens, and the record's own signature and checkpoint. */
    @Benchmark
    public Verdict itsSignatures() {
        for (int i = 0; i < 3; i++) {
            require(ed25519());
        }
        require(twoEcdsa());
        require(twoEcdsa());
        return Verdict.proven();
    }
}
