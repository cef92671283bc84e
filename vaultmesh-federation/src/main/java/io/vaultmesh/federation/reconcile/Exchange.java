package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;

/**
 * One message, and what is answered to it. What client and server have in common: they differ in what they do with a list
 * of ids.
 */
abstract class Exchange {

    private static final int BUCKETS = 16;

    /** What must fit behind the last range: the rest as one fingerprint. */
    private static final int RESERVED = 200;

    /** Without a limit, an answer must still fit into an array. */
    private static final int LARGEST_FRAME = 1 << 30;

    final ItemSet items;
    final MessageWriter out = new MessageWriter();
    private final Fingerprints fingerprints;
    private final int room;

    /** Up to where the answer stays, even if the frame's limit is exceeded by what comes behind it. */
    private int kept;

    private Bound previous = Bound.FIRST;
    private boolean skipped;

    Exchange(ItemSet items, int frameLimit) {
        this.items = items;
        this.fingerprints = items.fingerprints();
        this.room = (frameLimit == 0 ? LARGEST_FRAME : frameLimit) - RESERVED;
        out.version();
    }

    /** The message that begins an exchange: everything. */
    final byte[] initiate() {
        split(0, items.size(), Bound.INFINITY);
        return out.bytes();
    }

    final byte[] answer(MessageReader message) {
        int lower = 0;
        while (message.hasMore()) {
            kept = out.size();
            Bound bound = message.bound();
            int upper = items.rank(bound);
            int done = upper;
            switch (message.mode()) {
                case SKIP -> skip();
                case FINGERPRINT -> compare(message.fingerprint(), lower, upper, bound);
                case ID_LIST -> done = idList(message, lower, upper, bound);
            }
            if (out.size() > room) {
                out.truncate(kept);
                out.range(Bound.INFINITY, Mode.FINGERPRINT);
                out.fingerprint(fingerprints.of(done, items.size()));
                break;
            }
            lower = upper;
            previous = bound;
        }
        return out.bytes();
    }

    /** Handles a list of ids. Gives the rank up to which the range was answered. */
    abstract int idList(MessageReader message, int lower, int upper, Bound bound);

    /** There is nothing to say about this range, and perhaps not about the next one: it is said when there is more. */
    final void skip() {
        skipped = true;
    }

    private void writeSkipped() {
        if (skipped) {
            skipped = false;
            out.range(previous, Mode.SKIP);
        }
    }

    private void compare(Fingerprint theirs, int lower, int upper, Bound bound) {
        if (theirs.equals(fingerprints.of(lower, upper))) {
            skip();
        } else {
            writeSkipped();
            split(lower, upper, bound);
        }
    }

    private void split(int lower, int upper, Bound bound) {
        int count = upper - lower;
        if (count < 2 * BUCKETS) {
            writeIds(lower, upper, bound);
            return;
        }
        int from = lower;
        for (int i = 0; i < BUCKETS; i++) {
            int to = from + count / BUCKETS + (i < count % BUCKETS ? 1 : 0);
            out.range(to == upper ? bound : Bound.between(items.get(to - 1), items.get(to)), Mode.FINGERPRINT);
            out.fingerprint(fingerprints.of(from, to));
            from = to;
        }
    }

    private void writeIds(int lower, int upper, Bound bound) {
        out.range(bound, Mode.ID_LIST);
        out.varint(upper - lower);
        items.forEach(lower, upper, ordinal -> out.id(items.pool(), ordinal));
    }

    /** Answers with the ids of a range, as far as they fit; what is behind them is left to the fingerprint of the rest. */
    final int replyIds(int lower, int upper, Bound bound) {
        int beforeSkip = out.size();
        writeSkipped();
        int fitting = beforeSkip > room ? 0 : (room - beforeSkip) / Hash.LENGTH + 1;
        int end = upper - lower > fitting ? lower + fitting : upper;
        writeIds(lower, end, end < upper ? Bound.before(items.get(end)) : bound);
        kept = out.size();
        return end;
    }
}
