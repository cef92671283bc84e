package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.JsonNumber;
import io.vaultmesh.core.json.JsonString;
import io.vaultmesh.core.json.JsonValue;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.AttestationVerifier;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Collectors;

/**
 * Holds a log against the anchors that its memory's author recorded in it: each must be of a checkpoint that the log's key
 * signed, which the log still continues, and which is published where the attestation says. Used for one namespace, once; not
 * thread-safe.
 */
public final class AnchorAudit {

    private static final String NAME = "anchors";

    private final AuditedLog log;
    private final LongFunction<LogEntry> entries;
    private final Map<String, AttestationVerifier> verifiers;
    private final List<Long> anchors = new ArrayList<>(); // no more than the numbers of entries: there may be millions

    private final Findings wrong = new Findings(NAME, Outcome.FAIL);
    private final Findings unread = new Findings(NAME, Outcome.NOT_CHECKED);
    private final Map<String, Integer> holding = new TreeMap<>(); // how many, by target
    private final Map<String, Integer> unknown = new TreeMap<>();

    private AnchorAudit(AuditedLog log, LongFunction<LogEntry> entries, Map<String, AttestationVerifier> verifiers) {
        this.log = log;
        this.entries = entries;
        this.verifiers = verifiers;
    }

    /**
     * The audit of a log's anchors.
     *
     * @param log the log
     * @param entries gives an entry of it by its index: anchors are looked at once more when all else is known
     * @param verifiers know the targets; anchors in others are held against the log alone, and reported as not checked
     * @return the audit
     */
    public static AnchorAudit of(AuditedLog log, LongFunction<LogEntry> entries, List<AttestationVerifier> verifiers) {
        return new AnchorAudit(
                requireNonNull(log, "log"),
                requireNonNull(entries, "entries"),
                verifiers.stream().collect(Collectors.toMap(AttestationVerifier::name, Function.identity())));
    }

    /** Takes a record of the memory's own author: anchors of others are of other logs. */
    void add(long entry, MemoryRecord record) {
        if (record.kind() == Kind.ANCHOR) {
            anchors.add(entry);
        }
    }

    /** The checks; none if nothing was anchored. */
    List<Check> finish(BodyStore bodies) {
        for (long anchor : anchors) {
            String name = "entry " + anchor;
            try {
                attestation(
                                MemoryRecord.unverified(entries.apply(anchor).bytes())
                                        .predicate(),
                                bodies)
                        .ifPresentOrElse(
                                attestation -> verify(name, attestation),
                                () -> wrong.add(name, "is an anchor without an attestation"));
            } catch (IllegalArgumentException e) {
                wrong.add(name, "its body is no attestation: " + e.getMessage());
            } catch (RefutedException e) {
                wrong.add(name, String.valueOf(e.getMessage()));
            } catch (IOException | UncheckedIOException | MemoryDamagedException | LogDamagedException e) {
                unread.add(
                        name, "the anchor can't be checked: " + e.getMessage()); // whose damage it is has its own check
            }
        }
        List<Check> checks = new ArrayList<>();
        if (wrong.isEmpty() && !holding.isEmpty()) {
            checks.add(Check.pass(NAME, "this log continues what is anchored, which is published: " + holding));
        }
        checks.addAll(wrong.checks());
        checks.addAll(unread.checks());
        unknown.forEach((target, count) -> checks.add(Check.notChecked(
                NAME,
                "nobody who knows " + target + " was given, where " + count
                        + " checkpoints of this log are said to be")));
        return checks;
    }

    private static Optional<Attestation> attestation(Predicate anchor, BodyStore bodies) throws IOException {
        if (anchor.body().isEmpty()) {
            return Optional.empty();
        }
        BodyRef body = anchor.body().get();
        if (body.size() > Attestation.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "it has " + body.size() + " bytes, expected at most " + Attestation.MOST_BYTES);
        }
        try (InputStream stream = bodies.open(body)) {
            byte[] bytes = stream.readAllBytes();
            Attestation attestation = Attestation.parse(bytes);
            requireSame(anchor.attributes(), attestation, Hashing.sha256(bytes));
            return Optional.of(attestation);
        }
    }

    /** What the record says in its attributes, by which anchors are found, must be what was attested. */
    private static void requireSame(Map<String, JsonValue> attributes, Attestation attestation, Hash bytes) {
        Checkpoint checkpoint = attestation.checkpoint();
        Map<String, JsonValue> expected = new TreeMap<>(Map.of(
                "target", new JsonString(attestation.target()),
                "origin", new JsonString(checkpoint.origin()),
                "size", new JsonNumber(checkpoint.size()),
                "root", text(checkpoint.root())));
        Map<String, JsonValue> ifPresent = Map.of( // by these a scheduler knows signatures and timestamps over anchors
                "note", text(Hashing.sha256(attestation.note().bytes())), "attestation", text(bytes));
        ifPresent.keySet().stream()
                .filter(attributes::containsKey)
                .forEach(name -> expected.put(name, ifPresent.get(name)));
        expected.forEach((name, value) -> {
            JsonValue said = attributes.get(name);
            if (!value.equals(said)) {
                throw new RefutedException("the anchor's " + name + " is " + (said == null ? "missing" : said)
                        + ", expected " + value + " as in its attestation");
            }
        });
    }

    private static JsonString text(Hash hash) {
        return new JsonString("sha256:" + hash);
    }

    private void verify(String name, Attestation attestation) {
        TrustedCheckpoint checkpoint;
        try {
            checkpoint = TrustedCheckpoint.verify(attestation.note(), log.key());
        } catch (RefutedException e) {
            wrong.add(name, "the anchored checkpoint is not of this log: " + e.getMessage());
            return;
        }
        Verdict verdict = log.continues().apply(checkpoint);
        if (!verdict.holds()) {
            wrong.add(
                    name,
                    "the log doesn't continue what is anchored: "
                            + verdict.reason().orElseThrow());
            return;
        }
        String target = attestation.target();
        AttestationVerifier verifier = verifiers.get(target);
        if (verifier == null) {
            unknown.merge(target, 1, Integer::sum);
            return;
        }
        Finality finality;
        try {
            finality = verifier.verify(attestation.checkpoint(), attestation.evidence());
        } catch (RuntimeException e) { // as the SPI says: nothing is known for or against it
            unread.add(name, target + " can't be asked: " + e.getMessage());
            return;
        }
        if (finality instanceof Finality.Final || finality instanceof Finality.Included) {
            holding.merge(target, 1, Integer::sum);
        } else {
            wrong.add(name, "size " + checkpoint.size() + " is not published in " + target + ": " + finality);
        }
    }
}
