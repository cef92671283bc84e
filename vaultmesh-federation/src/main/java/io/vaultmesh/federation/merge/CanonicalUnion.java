package io.vaultmesh.federation.merge;

import io.vaultmesh.core.dsse.EnvelopeSigner;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The original system's merge of two lists of events, {@code jcs-canonical-union-v1}: for those who move over. Records
 * of this library are never merged by it.
 *
 * <p>An event's id is its {@code event_id}, or the hash of its canonical JSON in hex if it has none, null or an
 * empty one. Of
 * events with one id the one with the lowest hash is kept. The merged list is ordered by hash.
 *
 * <p>Guaranteed: the result depends on the two sets of events alone; the merge is commutative, associative and
 * idempotent. Not guaranteed: that an event that lost is kept anywhere, or that whoever wrote an event was allowed to
 * take its id: anybody who finds an event with a lower hash replaces the one that was there.
 *
 * <p>The canonical form is that of RFC 8785, as the policy's name says. The original's program
 * ({@code ops/lib/federation_merge.py} of VaultSovereign/vm-spawn, commit 94cf317) writes characters outside printable
 * ASCII as escapes and {@code 1.0} with its fraction, so that only events of ASCII and integers have the same hashes there.
 * It also takes an {@code event_id} that is a number, a boolean, a list or an object, which is
 * refused here.
 *
 * <p>Thread-safe.
 */
public final class CanonicalUnion {

    /** The merge's name, as it stands in receipts. */
    public static final String POLICY = "jcs-canonical-union-v1";

    /** The order's name, as it stands in receipts. The hash alone decides: equal hashes are equal events. */
    public static final String SORT_ORDER = "event_hash asc, timestamp asc, signer_pubkey asc";

    private CanonicalUnion() {}

    /**
     * Merges two lists.
     *
     * @param left one list
     * @param right the other one
     * @return the merged list
     * @throws IllegalArgumentException if it has more events than a list may have
     */
    public static EventList merge(EventList left, EventList right) {
        Map<String, EventList.Event> lowest = new HashMap<>();
        for (EventList list : List.of(left, right)) {
            for (EventList.Event event : list.entries()) {
                lowest.merge(event.id(), event, CanonicalUnion::lower);
            }
        }
        if (lowest.size() > EventList.MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "the merged list has " + lowest.size() + " events, expected at most " + EventList.MAX_EVENTS);
        }
        List<EventList.Event> events = new ArrayList<>(lowest.values());
        events.sort(Comparator.comparing(EventList.Event::hash));
        return EventList.owning(events);
    }

    private static EventList.Event lower(EventList.Event one, EventList.Event other) {
        return other.hash().compareTo(one.hash()) < 0 ? other : one;
    }

    /**
     * Merges two files, and writes the merged list and a signed receipt of the merge.
     *
     * <p>Each file is replaced as a whole and lasts when this returns, the merged list first. A crash leaves the old merged
     * list with the old receipt, the new one with the new receipt, or the new list with the old receipt (or none), which
     * {@link MergeReceipt#verify} refutes; merging again mends that. Whoever calls sees to it that no other process
     * writes the same files meanwhile.
     *
     * @param files what is read and written
     * @param signer who answers for the merge
     * @param clock what time stands in the receipt
     * @return the receipt that was written
     * @throws IllegalArgumentException if a file to be read is not a list of events
     * @throws UncheckedIOException if a file can't be read or written
     */
    public static MergeReceipt merge(MergeFiles files, EnvelopeSigner signer, InstantSource clock) {
        EventList left = files.readLeft();
        EventList right = files.readRight();
        EventList merged = merge(left, right);
        MergeReceipt receipt = MergeReceipt.of(left, right, clock.instant(), signer);
        files.write(merged, receipt);
        return receipt;
    }
}
