package io.vaultmesh.remembrancer.audit;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Replays one namespace's log from its files and checks all that it claims. It uses nothing that the memory keeps in
 * its own memory, so that it sees what an outsider would.
 */
public final class Auditor {

    private final NamespaceName namespace;
    private final Function<Consumer<LogEntry>, Report> fsck;
    private final BodyStore bodies;
    private final Set<String> authors;

    private final Map<Hash, Long> indexes = new HashMap<>();
    private final Map<String, Long> nextSeq = new HashMap<>();
    private final Map<Hash, Long> keys = new HashMap<>();
    private final Set<Hash> checkedBodies = new HashSet<>();
    private final List<Check> signatures = new ArrayList<>();
    private final List<Check> sequences = new ArrayList<>();
    private final List<Check> bodyFindings = new ArrayList<>();
    private final List<Check> links = new ArrayList<>();
    private long records;

    /**
     * An auditor for one run.
     *
     * @param namespace the namespace
     * @param fsck checks its log, under the log's key, and shows every intact entry
     * @param bodies its bodies
     * @param authors the did:keys whose records may stand in it
     */
    public Auditor(
            NamespaceName namespace, Function<Consumer<LogEntry>, Report> fsck, BodyStore bodies, Set<String> authors) {
        this.namespace = requireNonNull(namespace, "namespace");
        this.fsck = requireNonNull(fsck, "fsck");
        this.bodies = requireNonNull(bodies, "bodies");
        this.authors = Set.copyOf(authors);
    }

    /**
     * Replays the log.
     *
     * @return the checks, in order; their names begin with the namespace's
     */
    public List<Check> run() {
        Report log = fsck.apply(this::entry);
        List<Check> checks = new ArrayList<>(log.checks());
        add(
                checks,
                "signatures",
                signatures,
                records + (log.failed() ? " intact" : "") + " records are signed by their authors");
        if (log.failed()) {
            // what is missing tears holes into sequences and links; the entries that are damaged are named above
            checks.add(Check.notChecked("sequences", "the log is damaged"));
            checks.add(Check.notChecked("links", "the log is damaged"));
        } else {
            add(checks, "sequences", sequences, "each author's records are numbered without a gap");
            add(checks, "links", links, "every link leads to an earlier record");
        }
        add(checks, "bodies", bodyFindings, checkedBodies.size() + " bodies have the hashes that were recorded");
        return checks.stream()
                .map(check -> new Check(namespace + ": " + check.name(), check.outcome(), check.detail()))
                .toList();
    }

    private static void add(List<Check> checks, String name, List<Check> findings, String detail) {
        if (findings.isEmpty()) {
            checks.add(Check.pass(name, detail));
        }
        checks.addAll(findings);
    }

    private void entry(LogEntry entry) {
        String name = "entry " + entry.index();
        MemoryRecord record;
        try {
            record = MemoryRecord.verified(entry.bytes());
        } catch (RefutedException e) {
            signatures.add(Check.fail(name, String.valueOf(e.getMessage())));
            return;
        }
        records++;
        String author = record.predicate().author();
        if (!authors.contains(author)) {
            signatures.add(Check.fail(name, "author is " + author + ", expected one of " + authors));
        }
        if (!record.predicate().namespace().equals(namespace)) {
            signatures.add(
                    Check.fail(name, "namespace is " + record.predicate().namespace() + ", expected " + namespace));
        }
        sequence(name, entry.index(), record);
        body(name, record);
        for (Link link : record.predicate().links()) {
            if (!indexes.containsKey(link.to())) {
                links.add(Check.fail(name, "links to " + link.to() + ", which is no earlier record"));
            }
        }
        indexes.put(record.id(), entry.index());
    }

    private void sequence(String name, long index, MemoryRecord record) {
        String author = record.predicate().author();
        long expected = nextSeq.getOrDefault(author, 0L);
        if (record.predicate().seq() != expected) {
            sequences.add(Check.fail(
                    name, "seq of " + author + " is " + record.predicate().seq() + ", expected " + expected));
        }
        nextSeq.put(author, record.predicate().seq() + 1);
        record.predicate().key().ifPresent(key -> {
            Long first = keys.putIfAbsent(key, index);
            if (first != null) {
                sequences.add(Check.fail(name, "has the idempotency key of entry " + first));
            }
        });
    }

    private void body(String name, MemoryRecord record) {
        record.predicate().body().ifPresent(ref -> {
            checkedBodies.add(ref.digest());
            bodies.verify(ref).reason().ifPresent(reason -> bodyFindings.add(Check.fail(name, reason)));
        });
    }
}
