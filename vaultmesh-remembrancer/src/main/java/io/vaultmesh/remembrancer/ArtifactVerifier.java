package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.note.CosignatureVerifier;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.openpgp.PgpSignature;
import io.vaultmesh.remembrancer.openpgp.PgpVerification;
import io.vaultmesh.remembrancer.receipt.Receipt;
import io.vaultmesh.remembrancer.timestamp.Timestamp;
import io.vaultmesh.remembrancer.timestamp.TimestampResponse;
import io.vaultmesh.remembrancer.timestamp.TimestampVerification;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import io.vaultmesh.remembrancer.trust.Pin;
import io.vaultmesh.remembrancer.trust.TrustStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Judges one artifact by a trust store. Used once, by one thread. */
final class ArtifactVerifier {

    private final Namespace namespace;
    private final TrustStore trust;
    private final InstantSource clock;
    private final Path artifact;
    private final Evidence evidence;
    private final Optional<TimestampVerifier> authorities;
    private final List<Check> checks = new ArrayList<>();
    private final List<Check> signatures = new ArrayList<>();
    private final List<Check> signatureStamps = new ArrayList<>();
    private final Set<String> signers = new LinkedHashSet<>();
    private final Set<String> stampedSigners = new LinkedHashSet<>();

    ArtifactVerifier(Namespace namespace, TrustStore trust, InstantSource clock, Path artifact) {
        this.namespace = namespace;
        this.trust = trust;
        this.clock = clock;
        this.artifact = artifact;
        this.evidence = new Evidence(namespace);
        this.authorities = trust.timestamps(clock);
    }

    ArtifactVerification verify(VerificationPolicy policy) {
        Hash digest = Hashing.sha256(artifact);
        checks.add(Check.pass("hash", "SHA-256 " + digest));
        checks.add(Check.pass("trust", "by the trust store " + trust.digest()));
        List<Receipt> deployments = evidence.records(Kind.DEPLOYMENT, digest);
        recorded(deployments);
        signatures(digest);
        checks.addAll(signatureStamps);
        Path response = Evidence.beside(artifact, Artifacts.RESPONSE);
        checks.addAll(stamps(
                artifact.getFileName().toString(),
                digest,
                evidence.all(Kind.TIMESTAMP, digest, response),
                new ArrayList<>()));
        checks.add(Check.absent("anchors", "no checkpoint of the log is recorded to be anchored"));
        int witnesses = cosignatures(deployments);
        Report report = new Report("verification of " + artifact.getFileName(), checks);
        return new ArtifactVerification(digest, trust.digest(), report, verdict(policy, report, witnesses));
    }

    private void recorded(List<Receipt> deployments) {
        if (deployments.isEmpty()) {
            checks.add(Check.absent("recorded", "no deployment of an artifact with this hash is recorded"));
            checks.add(Check.absent("inclusion", "nothing is recorded whose inclusion could be proven"));
            return;
        }
        Receipt first = deployments.get(deployments.size() - 1);
        checks.add(Check.pass(
                "recorded",
                "deployment " + first.id() + " of " + first.record().title()
                        + (deployments.size() == 1 ? "" : ", and " + (deployments.size() - 1) + " more")));
        checks.add(Check.of(
                "inclusion",
                namespace.verify(first),
                "at index " + first.index() + " of " + namespace.verifier().name()));
    }

    private void signatures(Hash digest) {
        Path beside = Evidence.beside(artifact, Artifacts.SIGNATURE);
        List<Evidence.Found> all = evidence.all(Kind.SIGNATURE, digest, beside);
        if (all.isEmpty()) {
            signatures.add(Check.absent("signature", "none is recorded, nor beside the artifact"));
        }
        for (Evidence.Found found : all) {
            for (Check check : judge(found, digest)) {
                String name = "signature " + (signatures.size() + 1);
                signatures.add(new Check(name, check.outcome(), found.name() + ": " + check.detail()));
            }
        }
        checks.addAll(signatures);
        if (!all.isEmpty() && !Files.exists(beside)) {
            checks.add(Check.absent("signature file", beside.getFileName() + " is not beside the artifact"));
        }
    }

    private List<Check> judge(Evidence.Found found, Hash digest) {
        if (found.damage().isPresent()) {
            return List.of(Check.fail("signature", found.damage().get()));
        }
        PgpVerification verification;
        try {
            verification = verify(PgpSignature.parse(found.bytes().array()), digest);
        } catch (IllegalArgumentException e) {
            return List.of(Check.fail("signature", String.valueOf(e.getMessage())));
        }
        List<Timestamp> verified = new ArrayList<>();
        signatureStamps.addAll(
                stamps("signature in " + found.name(), found.digest(), stampsOver(found.digest()), verified));
        Optional<Instant> proven = verified.stream().map(Timestamp::genTime).min(Comparator.naturalOrder());
        PgpVerification judged = proven.map(verification::existedBy).orElse(verification);
        return judged.results().stream().map(result -> judge(result, proven)).toList();
    }

    /** Verifies what is read now, which must be what was read before. */
    private PgpVerification verify(PgpSignature signature, Hash digest) {
        MessageDigest again = Hashing.newSha256();
        try (InputStream stream = new DigestInputStream(Files.newInputStream(artifact), again)) {
            PgpVerification verification = trust.keyring().verify(signature, stream, clock.instant());
            if (!Hash.of(again.digest()).equals(digest)) {
                throw new IllegalArgumentException("the artifact changes while it is read");
            }
            return verification;
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + artifact + ": " + e, e);
        }
    }

    private Check judge(PgpVerification.Result result, Optional<Instant> proven) {
        if (result.signer().isEmpty() || result.created().isEmpty()) {
            return new Check("signature", result.outcome(), result.detail());
        }
        String id = "openpgp:" + result.signer().get().hex();
        Pin pin = trust.pin(id).orElseThrow(); // the keyring has pinned keys only
        Check check = new Check("signature", result.outcome(), result.detail());
        if (check.outcome() != Outcome.PASS) {
            return check;
        }
        Verdict allowed = pin.allows(result.created().get(), proven);
        if (allowed.holds()) {
            signers.add(id);
            proven.ifPresent(time -> stampedSigners.add(id));
        }
        return Check.of("signature", allowed, result.detail());
    }

    /**
     * The timestamps over a signature. The one beside the artifact is over the signature there, and that it is over no other
     * contradicts nothing.
     */
    private List<Evidence.Found> stampsOver(Hash signature) {
        Path beside = Evidence.beside(artifact, Artifacts.SIGNATURE);
        Path response = Evidence.beside(artifact, Artifacts.SIGNATURE + Artifacts.RESPONSE);
        List<Evidence.Found> all = evidence.all(Kind.TIMESTAMP, signature, response);
        if (!Files.exists(beside) || Evidence.file(beside).digest().equals(signature)) {
            return all;
        }
        return all.stream()
                .filter(found -> !found.name().equals(response.getFileName().toString()) || isOver(found, signature))
                .toList();
    }

    private static boolean isOver(Evidence.Found found, Hash digest) {
        try {
            return TimestampResponse.parse(found.bytes().array()).isOver(digest);
        } catch (IllegalArgumentException e) {
            return false; // which is said where it is beside what it should be over
        }
    }

    /** Checks timestamps over something, and adds to those that are verified. */
    private List<Check> stamps(String what, Hash digest, List<Evidence.Found> all, List<Timestamp> verified) {
        String name = "timestamp over " + what;
        List<Check> timestamps = new ArrayList<>();
        if (all.isEmpty()) {
            timestamps.add(Check.absent(name, "none is recorded, nor beside it"));
        }
        for (Evidence.Found found : all) {
            Check check = found.damage()
                    .map(why -> Check.fail(name, why))
                    .orElseGet(() -> judge(name, found, digest, verified));
            timestamps.add(new Check(name, check.outcome(), found.name() + ": " + check.detail()));
        }
        return timestamps;
    }

    private Check judge(String name, Evidence.Found found, Hash digest, List<Timestamp> verified) {
        if (authorities.isEmpty()) {
            return Check.notChecked(name, "no authority is pinned");
        }
        try {
            TimestampVerification verification = authorities
                    .get()
                    .verify(TimestampResponse.parse(found.bytes().array()), digest);
            verification.timestamp().ifPresent(verified::add);
            return Check.of(
                    name,
                    verification.verdict(),
                    verification
                            .timestamp()
                            .map(stamp -> stamp.genTime() + " by " + stamp.authority())
                            .orElse(""));
        } catch (IllegalArgumentException e) {
            return Check.fail(name, String.valueOf(e.getMessage()));
        }
    }

    private int cosignatures(List<Receipt> deployments) {
        CosignatureVerifier[] pinned = trust.of(Pin.Type.WITNESS).stream()
                .filter(pin -> pin.allows(clock.instant(), Optional.empty()).holds())
                .map(pin -> CosignatureVerifier.of(pin.key()))
                .toArray(CosignatureVerifier[]::new);
        if (pinned.length == 0 || deployments.isEmpty()) {
            checks.add(Check.notChecked(
                    "cosignatures", pinned.length == 0 ? "no witness is pinned" : "there is no record to prove"));
            return 0;
        }
        try {
            int found = namespace.checkpoint().note().cosignatures(pinned).size();
            checks.add(
                    found == 0
                            ? Check.absent("cosignatures", "the checkpoint is cosigned by no pinned witness")
                            : Check.pass(
                                    "cosignatures", "the checkpoint is cosigned by " + found + " pinned witnesses"));
            return found;
        } catch (RefutedException e) {
            checks.add(Check.fail("cosignatures", String.valueOf(e.getMessage())));
            return 0;
        }
    }

    private Verdict verdict(VerificationPolicy policy, Report report, int witnesses) {
        List<String> missing = new ArrayList<>();
        for (String name : List.of("recorded", "inclusion")) {
            Check check = report.check(name).orElseThrow();
            if (check.outcome() != Outcome.PASS) {
                missing.add(name + ": " + check.detail());
            }
        }
        Set<String> counted = policy.timestamped() ? stampedSigners : signers;
        if (counted.size() < policy.signers()) {
            missing.add("signed by " + counted.size() + " pinned keys"
                    + (policy.timestamped() ? " with a timestamp" : "") + ", expected " + policy.signers() + why());
        }
        if (witnesses < policy.witnesses()) {
            missing.add("cosigned by " + witnesses + " pinned witnesses, expected " + policy.witnesses());
        }
        return missing.isEmpty() ? Verdict.proven() : Verdict.refuted(String.join("; ", missing));
    }

    private String why() {
        return Stream.concat(signatures.stream(), signatureStamps.stream())
                .filter(check -> check.outcome() != Outcome.PASS)
                .map(check -> "; " + check.name() + ": " + check.detail())
                .collect(Collectors.joining());
    }
}
