package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.Erased;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one log, one after the other. Parsing and signatures are the work, and are done for a batch at a time
 * by as many threads as the common pool has; what depends on the order is done in order. Not thread-safe.
 */
final class Replay {

    private static final int BATCH = 1024;
    private static final int BATCH_BYTES = 8 << 20;

    /** An entry, with the one copy of its bytes that is needed. */
    private static final class Raw {
        final long index;
        final byte[] bytes;

        Raw(LogEntry entry) {
            this.index = entry.index();
            this.bytes = entry.bytes();
        }
    }

    /** An entry, parsed and verified, or why it is no record. */
    private record Examined(long entry, @Nullable MemoryRecord record, String problem) {}

    /** An erasure by another author, which may come before what it erases. */
    private record Erasing(int position, String by, Erased erased) {}

    private final AuditScope scope;
    private final BodyStore store;
    private final IndexAudit index;
    private final AnchorAudit anchors;
    private final AuditProgress progress;
    private final long total;
    private final long secret = new SecureRandom().nextLong();

    private final List<Raw> batch = new ArrayList<>();
    private int batchBytes;
    private long checked;

    private final HashIndex ids = new HashIndex(secret);
    private final LongList entries = new LongList(); // by position of the id
    private final LongList authorOf = new LongList(); // by position of the id; negative if its body is not fetched
    private final List<AuthorLedger> authors = new ArrayList<>();
    private final Map<String, Integer> authorNumbers = new HashMap<>();
    private final Map<Integer, Integer> erasures = new HashMap<>(); // position of the record, of the erasure
    private final BodyAudit bodies;

    private final Findings signatures = new Findings("signatures", Outcome.FAIL);
    private final Findings sequences = new Findings("sequences", Outcome.FAIL);
    private final Findings disorder = new Findings("sequences", Outcome.FAIL);
    private final Findings conflicts = new Findings("conflicts", Outcome.FAIL);
    private final Findings links = new Findings("links", Outcome.FAIL);
    // what other authors do wrong is evidence against them, and no fault of this memory
    private final Findings conflictsOfOthers = new Findings("conflicts of others", Outcome.PASS);
    private final List<Erasing> early = new ArrayList<>(); // erasures whose record is not here yet, or never comes

    Replay(
            AuditScope scope,
            BodyStore store,
            IndexAudit index,
            AnchorAudit anchors,
            AuditProgress progress,
            long total) {
        this.scope = scope;
        this.index = index;
        this.anchors = anchors;
        this.store = store;
        this.progress = progress;
        this.total = total;
        this.bodies = new BodyAudit(store, secret);
    }

    void entry(LogEntry entry) {
        Raw raw = new Raw(entry);
        batch.add(raw);
        batchBytes += raw.bytes.length;
        if (batch.size() == BATCH || batchBytes >= BATCH_BYTES) {
            takeBatch();
        }
    }

    private void takeBatch() {
        batch.parallelStream().map(Replay::examine).toList().forEach(this::take);
        checked += batch.size();
        batch.clear();
        batchBytes = 0;
        bodies.verify();
        progress.checked(scope.namespace(), checked, Math.max(checked, total));
    }

    private static Examined examine(Raw entry) {
        try {
            return new Examined(entry.index, MemoryRecord.verified(entry.bytes), "");
        } catch (RefutedException e) {
            return new Examined(entry.index, null, String.valueOf(e.getMessage()));
        }
    }

    private void take(Examined examined) {
        String name = "entry " + examined.entry();
        MemoryRecord record = examined.record();
        if (record == null) {
            signatures.add(name, examined.problem());
            return;
        }
        int again = ids.find(record.id());
        if (again >= 0) {
            sequences.add(name, "is record " + record.id() + " again, which is entry " + entries.get(again));
            return;
        }
        place(name, record);
        AuthorLedger author = author(record.predicate().author());
        sequence(name, examined.entry(), record, author);
        for (Link link : record.predicate().links()) {
            if (ids.find(link.to()) < 0 && isOwner(author)) {
                links.add(name, "links to " + link.to() + ", which is no earlier record");
            }
        }
        record.erased().ifPresent(erased -> erase(name, author, erased));
        remember(examined.entry(), record);
        index.record(examined.entry(), record);
        if (isOwner(author)) {
            anchors.add(examined.entry(), record);
        }
    }

    private void place(String name, MemoryRecord record) {
        if (!scope.authors().contains(record.predicate().author())) {
            signatures.add(name, "author is " + record.predicate().author() + ", expected one of " + scope.authors());
        }
        if (!record.predicate().namespace().equals(scope.namespace())) {
            signatures.add(name, "namespace is " + record.predicate().namespace() + ", expected " + scope.namespace());
        }
    }

    private AuthorLedger author(String author) {
        return authors.get(authorNumbers.computeIfAbsent(author, unknown -> {
            authors.add(new AuthorLedger(author, secret));
            return authors.size() - 1;
        }));
    }

    private boolean isOwner(AuthorLedger author) {
        return author.author().equals(scope.owner());
    }

    private void sequence(String name, long entry, MemoryRecord record, AuthorLedger author) {
        long seq = record.predicate().seq();
        long expected = author.next();
        boolean own = isOwner(author);
        OptionalLong other = author.number(seq, entry);
        if (other.isPresent()) {
            (own ? conflicts : conflictsOfOthers)
                    .add(
                            name,
                            "has seq " + seq + " of " + author.author() + ", as entry " + other.getAsLong() + " has");
        } else if (own && seq != expected) {
            disorder.add(name, "seq of " + author.author() + " is " + seq + ", expected " + expected);
        }
        Optional<Hash> key = record.predicate().key().filter(any -> own);
        key.map(used -> author.key(used, entry))
                .ifPresent(first ->
                        first.ifPresent(index -> sequences.add(name, "has the idempotency key of entry " + index)));
    }

    private void erase(String name, AuthorLedger by, Erased erased) {
        int record = ids.find(erased.record());
        if (record < 0) {
            early.add(new Erasing(ids.size(), by.author(), erased)); // the owner's is a link that leads nowhere, too
        } else if (bodies.digestOf(record).equals(Optional.of(erased.digest()))) {
            count(record, ids.size(), by.author());
        } else if (isOwner(by)) {
            links.add(name, "erases body " + erased.digest() + ", which record " + erased.record() + " doesn't have");
        }
    }

    private void count(int record, int erasure, String by) {
        if (Erased.counts(by, authorOf(record).author(), scope.owner())) {
            erasures.putIfAbsent(record, erasure);
        }
    }

    private void eraseLate() {
        for (Erasing late : early) {
            int record = ids.find(late.erased().record());
            if (record >= 0
                    && bodies.digestOf(record).equals(Optional.of(late.erased().digest()))) {
                count(record, late.position(), late.by());
            }
        }
    }

    private AuthorLedger authorOf(int record) {
        long author = authorOf.get(record);
        return authors.get((int) (author < 0 ? -1 - author : author));
    }

    private void remember(long entry, MemoryRecord record) {
        ids.add(record.id());
        entries.add(entry);
        String author = record.predicate().author();
        Optional<BodyRef> body = record.predicate().body();
        boolean fetched =
                body.isEmpty() || author.equals(scope.owner()) || scope.bodies().fetches(record);
        long number = authorNumbers.getOrDefault(author, 0);
        authorOf.add(fetched ? number : -1 - number);
        bodies.add(body);
    }

    /** Ends the replay. */
    List<Check> finish(boolean whole) {
        if (!batch.isEmpty()) {
            takeBatch();
        }
        eraseLate();
        List<Check> checks = new ArrayList<>();
        add(checks, signatures, ids.size() + (whole ? "" : " intact") + " records are signed by their authors");
        if (whole) {
            boolean complete = authors.stream().filter(this::isOwner).allMatch(AuthorLedger::isComplete);
            String detail = "this memory's author numbered its records without a gap";
            add(checks, complete ? new Findings("sequences", Outcome.FAIL) : disorder, detail);
            checks.addAll(sequences.checks());
        } else {
            // what is missing tears holes into sequences and links; the entries that are damaged are named above
            checks.add(Check.notChecked("sequences", "the log is damaged"));
        }
        add(
                checks,
                conflicts,
                conflictsOfOthers.isEmpty()
                        ? "no author gave a number to two records"
                        : "this memory's author gave no number to two records");
        checks.addAll(conflictsOfOthers.checks());
        if (whole) {
            add(checks, links, "every link of this memory's author leads to an earlier record");
        } else {
            checks.add(Check.notChecked("links", "the log is damaged"));
        }
        checks.addAll(index.finish(whole));
        checks.addAll(bodies.checks(this::referrer, scope.bodies().reason()));
        checks.addAll(anchors.finish(store));
        return checks;
    }

    private BodyAudit.Referrer referrer(int record) {
        Optional<String> erasedBy = Optional.ofNullable(erasures.get(record))
                .map(erasure -> ids.get(erasure) + " (entry " + entries.get(erasure) + ")");
        return new BodyAudit.Referrer("entry " + entries.get(record), erasedBy, authorOf.get(record) >= 0);
    }

    private static void add(List<Check> checks, Findings findings, String detail) {
        if (findings.isEmpty()) {
            checks.add(Check.pass(findings.kind(), detail));
        }
        checks.addAll(findings.checks());
    }
}
