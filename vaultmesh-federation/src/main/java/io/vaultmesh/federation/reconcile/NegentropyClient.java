package io.vaultmesh.federation.reconcile;

import io.vaultmesh.core.hash.Hash;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The client's side of one exchange: {@link #initiate()}, then {@link #reconcile} with each answer until there is no next
 * message.
 *
 * <p>Guaranteed, with a peer who keeps to the protocol and sets that don't change: all steps together name each id that
 * is here alone and each that is there alone exactly once, within the limits. What a hostile peer says may be wrong, but
 * it takes no more than the limits' bytes, a bit for each id here, and some 80 bytes for each 32 received. Not
 * guaranteed: that an id which is needed belongs to a record that exists.
 *
 * <p>The set may grow between messages, by what was needed too. Not thread-safe.
 */
public final class NegentropyClient {

    private enum State {
        NEW,
        OPEN,
        CLOSED
    }

    private final ItemSet items;
    private final int frameLimit;
    private final int mostRounds;
    private final long mostBytes;

    // with frames, ranges are listed again
    private final BitSet had = new BitSet();
    private final IdPool neededIds = new IdPool();
    private final RadixTree needed = new RadixTree(neededIds);

    private State state = State.NEW;
    private int rounds;
    private long bytes;

    NegentropyClient(ItemSet items, int frameLimit, int mostRounds, long mostBytes) {
        this.items = items;
        this.frameLimit = frameLimit;
        this.mostRounds = mostRounds;
        this.mostBytes = mostBytes;
    }

    /**
     * Begins the exchange.
     *
     * @return the first message to the server
     * @throws IllegalStateException if it has begun already
     * @throws NegentropyException if the message alone has more bytes than this client may send
     */
    public byte[] initiate() {
        if (state != State.NEW) {
            throw new IllegalStateException("this client has begun already, expected initiate() once");
        }
        byte[] message = new Comparison().initiate();
        state = State.CLOSED;
        countRound();
        countBytes(message.length);
        state = State.OPEN;
        return message;
    }

    /**
     * Takes the server's answer to the last message.
     *
     * @param answer the answer
     * @return what it told, and the next message if there is one
     * @throws NegentropyException if the answer is malformed, or of a version that isn't spoken here, or if the limits of
     *     rounds or bytes are exceeded; the exchange is then over
     * @throws IllegalStateException if the exchange hasn't begun, or is over
     */
    public ReconcileStep reconcile(byte[] answer) {
        if (state != State.OPEN) {
            throw new IllegalStateException(
                    state == State.NEW ? "initiate() comes first" : "this exchange is over, expected a new client");
        }
        state = State.CLOSED;
        countBytes(answer.length);
        MessageReader reader = new MessageReader(answer);
        if (reader.version() != MessageWriter.VERSION) {
            throw new NegentropyException(
                    "the peer speaks version " + (reader.version() & 0x0f) + " of negentropy, expected version 1");
        }
        int firstNeeded = neededIds.size();
        Comparison comparison = new Comparison();
        byte[] next = comparison.answer(reader);
        boolean done = next.length == 1;
        if (!done) {
            countRound();
            countBytes(next.length);
            state = State.OPEN;
        }
        int[] need = IntStream.range(firstNeeded, neededIds.size()).toArray();
        return new ReconcileStep(
                items.ids(comparison.have.build().toArray()), neededIds.list(need), done ? new byte[0] : next);
    }

    private void countRound() {
        if (rounds == mostRounds) {
            throw new NegentropyException("not done after " + rounds + " rounds, expected no more");
        }
        rounds++;
    }

    private void countBytes(int more) {
        bytes += more;
        if (bytes > mostBytes) {
            throw new NegentropyException(
                    "not done after " + bytes + " bytes of messages, expected at most " + mostBytes);
        }
    }

    /** Compares the server's lists with what is here, and has nothing to say about them. */
    private final class Comparison extends Exchange {

        private final IntStream.Builder have = IntStream.builder();

        Comparison() {
            super(NegentropyClient.this.items, frameLimit);
        }

        @Override
        int idList(MessageReader message, int lower, int upper, Bound bound) {
            Set<Hash> theirs = message.ids();
            items.forEach(lower, upper, ordinal -> {
                if (!theirs.remove(items.pool().get(ordinal)) && !had.get(ordinal)) {
                    had.set(ordinal);
                    have.add(ordinal);
                }
            });
            for (Hash id : theirs) {
                if (!items.contains(id)) {
                    int unused = needed.add(id.bytes());
                }
            }
            skip();
            return upper;
        }
    }
}
