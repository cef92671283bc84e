package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.RefutedException;
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

    private final AuditScope scope;
    private final IndexAudit index;
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
    private final Findings conflicts = new Findings("conflicts", Outcome.FAIL);
    private final Findings links = new Findings("links", Outcome.FAIL);

    Replay(AuditScope scope, BodyStore store, IndexAudit index, AuditProgress progress, long total) {
        this.scope = scope;
        this.index = index;
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
            if (ids.find(link.to()) < 0) {
                links.add(name, "links to " + link.to() + ", which is no earlier record");
            }
        }
        record.erased().ifPresent(erased -> erase(name, author.author(), erased));
        remember(examined.entry(), record);
        index.record(examined.entry(), record);
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

    private void sequence(String name, long entry, MemoryRecord record, AuthorLedger author) {
        long seq = record.predicate().seq();
        long expected = author.next();
        author.number(seq, entry)
                .ifPresentOrElse(
                        other -> conflicts.add(
                                name, "has seq " + seq + " of " + author.author() + ", as entry " + other + " has"),
                        () -> {
                            if (seq != expected) {
                                sequences.add(
                                        name, "seq of " + author.author() + " is " + seq + ", expected " + expected);
                            }
                        });
        record.predicate()
                .key()
                .ifPresent(key -> author.key(key, entry)
                        .ifPresent(other -> sequences.add(name, "has the idempotency key of entry " + other)));
    }

    private void erase(String name, String by, Erased erased) {
        int record = ids.find(erased.record());
        if (record < 0) {
            return; // a link that leads nowhere, which is reported as such
        }
        if (!bodies.digestOf(record).equals(Optional.of(erased.digest()))) {
            links.add(name, "erases body " + erased.digest() + ", which record " + erased.record() + " doesn't have");
        } else if (Erased.counts(by, authorOf(record).author(), scope.owner())) {
            erasures.putIfAbsent(record, ids.size());
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
        List<Check> checks = new ArrayList<>();
        add(checks, signatures, ids.size() + (whole ? "" : " intact") + " records are signed by their authors");
        if (whole) {
            add(checks, sequences, "each author's records are numbered without a gap");
        } else {
            // what is missing tears holes into sequences and links; the entries that are damaged are named above
            checks.add(Check.notChecked("sequences", "the log is damaged"));
        }
        add(checks, conflicts, "no author gave a number to two records");
        if (whole) {
            add(checks, links, "every link leads to an earlier record");
        } else {
            checks.add(Check.notChecked("links", "the log is damaged"));
        }
        checks.addAll(index.finish(whole));
        checks.addAll(bodies.checks(this::referrer, scope.bodies().reason()));
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
