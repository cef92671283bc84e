package io.vaultmesh.federation.merge;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.federation.policy.AdmissionPolicy;
import io.vaultmesh.federation.reconcile.ItemSet;
import io.vaultmesh.remembrancer.Admission;
import io.vaultmesh.remembrancer.Admission.Outcome;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The records of one namespace that a policy admits, as a set that only grows: the records that the log has, filtered.
 * Two peers with one policy that hold the same records have the same set root, whatever else is in their logs.
 *
 * <p>Guaranteed: what is in the set was verified when it was logged; merging is union, so that it commutes, associates and
 * can be repeated. Not guaranteed: that no author contradicts itself; such records are both kept, as a {@link Conflict}.
 *
 * <p>Ids that were refused are remembered with their reason, up to {@value #MOST_REFUSED} of them, the oldest forgotten
 * first; without their reasons over a restart too, as long as the policy is the same, if somebody keeps {@link #refusals}.
 * An id is the hash of the refused bytes, so that nobody can have a record refused that is another's.
 *
 * <p>In memory this needs some 160 bytes for each record, whatever the records' size. Not thread-safe; the store below may
 * be recorded to by others meanwhile, see {@link #refresh}.
 */
public final class RecordSet {

    /** How many refused ids are remembered. */
    public static final int MOST_REFUSED = 100_000;

    private static final int BATCH = 1024;

    private final RecordStore store;
    private final AdmissionPolicy policy;
    private final ItemSet items = new ItemSet();
    private final AuthorNumbers numbers = new AuthorNumbers();
    private final Contradictions contradictions;
    private final Refusals refused;
    private final Map<Long, MemoryRecord> admitted = new HashMap<>(); // by leaf index; logged, and not in the set yet
    private final WantedBodies wanted = new WantedBodies();
    private boolean wantsBodies;
    private final List<Hash> added = new ArrayList<>(); // that came into the set, and nobody was told yet
    private long seen; // how much of the log is in the set

    private RecordSet(RecordStore store, AdmissionPolicy policy) {
        this.store = requireNonNull(store, "store");
        this.policy = requireNonNull(policy, "policy");
        this.refused = new Refusals(policy.id());
        this.contradictions = new Contradictions(store.namespace());
    }

    /**
     * A set over a log, empty until {@link #refresh} reads it.
     *
     * @param store the log
     * @param policy what belongs into the set
     * @return the set
     */
    public static RecordSet of(RecordStore store, AdmissionPolicy policy) {
        return new RecordSet(store, policy);
    }

    /** From now on the body of each record that comes into the set is wanted, unless it is here. */
    public void wantBodies() {
        wantsBodies = true;
    }

    /**
     * Names the owner of the memory below: what it erased here is not wanted again, even if another wrote it.
     *
     * @param didKey the did:key of the owner
     * @return this set
     */
    @CanIgnoreReturnValue
    public RecordSet ownedBy(String didKey) {
        wanted.ownedBy(didKey);
        return this;
    }

    /**
     * Wants a body, unless it is here. Records may contradict each other in its size: then it is wanted as each of them says.
     *
     * @param body what a record of the set says of it
     */
    public void wantBody(BodyRef body) {
        if (!store.bodies().has(body)) {
            wanted.add(body);
        }
    }

    /** {@return the bodies that are wanted and not here yet, by ascending numbers in the order in which they were wanted} */
    public NavigableMap<Long, BodyRef> wantedBodies() {
        return wanted.byNumber();
    }

    /**
     * Wants a body no more, since it came or never will.
     *
     * @param body what a record says of it
     */
    public void forgetBody(BodyRef body) {
        wanted.remove(body);
    }

    /** {@return the namespace} */
    public NamespaceName namespace() {
        return store.namespace();
    }

    /** {@return the policy} */
    public AdmissionPolicy policy() {
        return policy;
    }

    /** {@return the log below} */
    public RecordStore store() {
        return store;
    }

    /** {@return the ids, as far as the log was read} */
    public ItemSet items() {
        return items;
    }

    /** {@return the set root} */
    public Hash root() {
        return items.root();
    }

    /** {@return how many records are in the set} */
    public int size() {
        return items.size();
    }

    /**
     * Whether a record is in the set.
     *
     * @param id its id
     * @return whether it is
     */
    public boolean contains(Hash id) {
        return items.contains(id);
    }

    /**
     * Takes in what was logged since the last time, by whomever.
     *
     * @return the ids of the records that came into the set, in the order of the log
     * @throws java.io.UncheckedIOException if the log can't be read; what came in by then is in the next call's answer
     */
    public List<Hash> refresh() {
        for (long end = store.size(); seen < end; ) {
            MemoryRecord known = admitted.get(seen);
            if (known != null) {
                take(known);
            } else {
                store.records(seen, Math.min(end, seen + BATCH)).forEach(this::take);
            }
        }
        List<Hash> result = List.copyOf(added);
        added.clear();
        return result;
    }

    /** Takes the next record of the log. All that may fail comes first. */
    private void take(MemoryRecord record) {
        long seconds = Math.max(
                0, Math.min(ItemSet.LAST_TIMESTAMP, record.predicate().at().getEpochSecond()));
        if (policy.admits(record).holds() && !items.contains(record.id())) {
            if (wantsBodies) {
                wantBodyOf(record);
            }
            OptionalLong first = numbers.claim(record.predicate(), seen);
            first.ifPresent(index -> conflict(record, index));
            items.add(seconds, record.id());
            added.add(record.id());
        }
        admitted.remove(seen);
        seen++;
    }

    /** An erasure may come before or after the record whose body it is about. */
    private void wantBodyOf(MemoryRecord record) {
        record.erased().ifPresent(erased -> {
            Optional<MemoryRecord> about = items.contains(erased.record())
                    ? store.entry(erased.record()).map(MemoryRecord::unverified)
                    : Optional.empty();
            wanted.erased(erased.record(), record.predicate().author(), about);
        });
        if (!wanted.isErased(record)) {
            record.predicate().body().ifPresent(this::wantBody);
        }
    }

    private void conflict(MemoryRecord record, long first) {
        contradictions.add(
                record.predicate(),
                record.id(),
                () -> store.records(first, first + 1).get(0).id());
    }

    /**
     * Verifies entries, and logs those that the policy admits; they are durable and in the set when this returns.
     *
     * @param entries the bytes of the entries
     * @return what became of each, in the same order
     * @throws java.io.UncheckedIOException if the disk refuses; none of them is logged
     */
    @CanIgnoreReturnValue
    public List<Admission> admit(List<byte[]> entries) {
        List<Admission> admissions = store.admit(entries, policy::admits);
        for (Admission admission : admissions) {
            if (admission.outcome() == Outcome.REFUSED) {
                refused.add(admission.id(), admission.reason());
            } else if (admission.index().getAsLong() >= seen) {
                admitted.put(admission.index().getAsLong(), admission.record().orElseThrow());
            }
        }
        return admissions;
    }

    /**
     * What was refused, to be {@linkplain #recall recalled} after a restart.
     *
     * @return a hash of what judged them, and the ids, of 32 bytes each, the oldest first
     */
    public byte[] refusals() {
        return refused.bytes();
    }

    /** {@return whether something was refused that {@link #refusalsSaved} hasn't been told of} */
    public boolean hasNewRefusals() {
        return refused.isNew();
    }

    /** Is told that what {@link #refusals} gave is kept. */
    public void refusalsSaved() {
        refused.saved();
    }

    /**
     * Recalls what was refused before a restart. Does nothing if that was by another policy.
     *
     * @param refusals what {@link #refusals} gave
     */
    public void recall(byte[] refusals) {
        refused.recall(refusals);
    }

    /**
     * Why a record was refused.
     *
     * @param id its id
     * @return the reason; empty if it wasn't, or that is forgotten
     */
    public Optional<String> refusal(Hash id) {
        return refused.reason(id);
    }

    /** {@return what authors contradicted themselves in, the same for the same set} */
    public Collection<Conflict> conflicts() {
        return contradictions.all();
    }

    /** {@return the conflicts that were found since the last call, or have twice as many records as when they were told} */
    public List<Conflict> takeNewConflicts() {
        return contradictions.takeNew();
    }

    @Override
    public String toString() {
        return "records of " + namespace() + ": " + items;
    }
}
