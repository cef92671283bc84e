package io.vaultmesh.federation.reconcile;

import static java.util.Objects.requireNonNull;

/**
 * Set reconciliation by the Negentropy protocol, version 1: a client learns which ids it has and a server hasn't, and the
 * other way round, by talking about ranges of their sets. The messages are byte for byte those of the protocol's
 * reference implementation.
 *
 * <p>A range costs each side a number of steps that grows with the logarithm of its set; what differs costs some 50 bytes
 * for each id and a message there and back for each factor of 16. Equal sets cost some 340 bytes.
 *
 * <p>Not guaranteed: that the sets are equal if they look so. Ranges are compared by sums of their ids, which an attacker
 * who chooses ids may make equal; compare {@link ItemSet#root()} at the end. A message is as large as what must be said,
 * or as the frame limit; without a limit, an answer of four bytes' question may list the whole set, so a server that
 * answers strangers needs one. The size of what comes in is limited by whoever receives it.
 *
 * <p>As thread-safe as the set: one thread at a time. Nothing is kept between messages on the server's side.
 *
 * <p>Source: Negentropy Protocol V1, docs/negentropy-protocol-v1.md of github.com/hoytech/negentropy.
 */
public final class Negentropy {

    /** The least frame limit in bytes. */
    public static final int LEAST_FRAME_LIMIT = 4096;

    /** How many messages a client sends, unless said otherwise. */
    public static final int ROUNDS = 200;

    /** How many bytes of messages a client sends and takes, unless said otherwise: 256 MiB. */
    public static final long BYTES = 256L << 20;

    private final ItemSet items;
    private final int frameLimit;

    private Negentropy(ItemSet items, int frameLimit) {
        this.items = requireNonNull(items, "items");
        this.frameLimit = frameLimit;
    }

    /**
     * Reconciliation of a set, with messages of any size.
     *
     * @param items the set; not copied: what is added to it later counts in the next message
     * @return both roles over the set
     */
    public static Negentropy of(ItemSet items) {
        return new Negentropy(items, 0);
    }

    /**
     * Reconciliation of a set, with messages up to a size. They may take more rounds for it.
     *
     * @param items the set; not copied: what is added to it later counts in the next message
     * @param frameLimit the most bytes of a message that is written here, at least {@link #LEAST_FRAME_LIMIT}; 0 for no
     *     limit
     * @return both roles over the set
     * @throws IllegalArgumentException if the limit is neither 0 nor at least 4096
     */
    public static Negentropy of(ItemSet items, int frameLimit) {
        if (frameLimit != 0 && frameLimit < LEAST_FRAME_LIMIT) {
            throw new IllegalArgumentException(
                    "frame limit is " + frameLimit + ", expected 0 for none, or at least " + LEAST_FRAME_LIMIT);
        }
        return new Negentropy(items, frameLimit);
    }

    /**
     * Answers a client's message, as a server.
     *
     * @param message the message
     * @return the answer; the single byte 0x61 to a version that isn't spoken here, and if there is nothing to say
     * @throws NegentropyException if the message is malformed
     */
    public byte[] answer(byte[] message) {
        MessageReader reader = new MessageReader(message);
        if (reader.version() != MessageWriter.VERSION) {
            return new byte[] {MessageWriter.VERSION};
        }
        return new Answer(items, frameLimit).answer(reader);
    }

    /**
     * A client for one exchange, with {@link #ROUNDS} and {@link #BYTES} at most.
     *
     * @return the client, which has not begun
     */
    public NegentropyClient client() {
        return client(ROUNDS, BYTES);
    }

    /**
     * A client for one exchange, within limits.
     *
     * @param rounds how many messages it may send, at least 1
     * @param bytes how many bytes of messages it may send and take together, at least 1
     * @return the client, which has not begun
     * @throws IllegalArgumentException if a limit is less than 1
     */
    public NegentropyClient client(int rounds, long bytes) {
        if (rounds < 1 || bytes < 1) {
            throw new IllegalArgumentException(
                    "limits are " + rounds + " rounds and " + bytes + " bytes, expected at least 1 of each");
        }
        return new NegentropyClient(items, frameLimit, rounds, bytes);
    }

    /** The server's side of an exchange: what the client lists is answered by what is here, and not looked at. */
    private static final class Answer extends Exchange {

        Answer(ItemSet items, int frameLimit) {
            super(items, frameLimit);
        }

        @Override
        int idList(MessageReader message, int lower, int upper, Bound bound) {
            message.skipIds();
            return replyIds(lower, upper, bound);
        }
    }
}
