package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Where records that others made come into a namespace. Thread-safe. */
final class Gate {

    private final NamespaceName namespace;
    private final MerkleLog log;
    private final String owner;
    private final AdmittedAuthors authors;
    private final LongConsumer usedSeq;

    /**
     * Creates a gate.
     *
     * @param namespace the namespace
     * @param log its log, which is indexed
     * @param owner the did:key of the memory's own author
     * @param authors whose records came in so far
     * @param usedSeq is told the number of each record of the owner that comes back from elsewhere
     */
    Gate(NamespaceName namespace, MerkleLog log, String owner, AdmittedAuthors authors, LongConsumer usedSeq) {
        this.namespace = namespace;
        this.log = log;
        this.owner = owner;
        this.authors = authors;
        this.usedSeq = usedSeq;
    }

    /** Verifies entries, without any lock, and logs those that are admitted and not there yet, in one group. */
    List<Admission> admit(List<byte[]> entries, Function<MemoryRecord, Verdict> policy) {
        List<Admission> judged = entries.parallelStream()
                .map(entry -> Admission.judge(entry, namespace, MemoryRecord::verified, policy))
                .toList();
        return log(entries, judged);
    }

    private synchronized List<Admission> log(List<byte[]> entries, List<Admission> judged) {
        Map<Hash, byte[]> absent = new LinkedHashMap<>();
        Set<String> theirs = new LinkedHashSet<>();
        for (int i = 0; i < judged.size(); i++) {
            Admission admission = judged.get(i);
            if (admission.outcome() == Admission.Outcome.ADMITTED
                    && log.indexOf(admission.id()).isEmpty()) {
                absent.putIfAbsent(admission.id(), entries.get(i));
                Predicate predicate = admission.record().orElseThrow().predicate();
                if (predicate.author().equals(owner)) {
                    usedSeq.accept(predicate.seq()); // before it is logged, so that no record gets this number again
                }
                theirs.add(predicate.author()); // the owner too, whose numbers may be out of order from now on
            }
        }
        authors.add(theirs);
        Map<Hash, Long> logged = new LinkedHashMap<>();
        if (!absent.isEmpty()) {
            for (Appended appended : log.appendAll(List.copyOf(absent.values()))) {
                logged.put(appended.leafHash(), appended.index());
            }
        }
        return judged.stream().map(admission -> placed(admission, logged)).toList();
    }

    private Admission placed(Admission admission, Map<Hash, Long> logged) {
        if (admission.outcome() != Admission.Outcome.ADMITTED) {
            return admission;
        }
        Long now = logged.remove(admission.id()); // the first of several that are the same
        OptionalLong index = now == null ? log.indexOf(admission.id()) : OptionalLong.of(now);
        return admission.at(now == null ? Admission.Outcome.KNOWN : Admission.Outcome.ADMITTED, index.getAsLong());
    }
}
