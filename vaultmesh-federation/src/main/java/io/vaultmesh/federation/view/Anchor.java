package io.vaultmesh.federation.view;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * One place where a checkpoint was anchored, as far as choosing between places needs it. Immutable and thread-safe.
 *
 * @param chain where: a name in the manner of CAIP-2, such as {@code btc:mainnet}, {@code eip155:8453} or {@code
 *     rfc3161:example}
 * @param transaction what stands there: the bytes of the transaction's hash, or of the token's, in lower-case hex
 * @param height the number of the block, if there are blocks
 * @param time when it was anchored, by the target's clock
 * @param verified whether this node verified it. What others say of it doesn't count
 */
public record Anchor(String chain, String transaction, OptionalLong height, Instant time, boolean verified) {

    // possessive: neither text can be matched in two ways
    private static final Pattern CHAIN = Pattern.compile("[-a-z0-9]{3,8}+:[-_.a-zA-Z0-9]{1,64}+");
    private static final Pattern TRANSACTION = Pattern.compile("(?:[0-9a-f]{2}){1,128}+");
    private static final long MOST = 9007199254740991L;
    private static final int MOST_SHOWN = 80;

    /**
     * Creates an anchor.
     *
     * @param chain where
     * @param transaction what stands there, in lower-case hex
     * @param height the number of the block, if there are blocks
     * @param time when it was anchored
     * @param verified whether this node verified it
     * @throws IllegalArgumentException if the chain is not 3 to 8 of a-z, 0-9 and {@code -}, a colon, and 1 to 64 of a-z,
     *     A-Z, 0-9, {@code -}, {@code _} and {@code .}; the transaction is not 1 to 128 bytes in lower-case hex; or the
     *     height is negative or beyond 2^53 - 1
     */
    public Anchor {
        requireNonNull(time, "time");
        if (!CHAIN.matcher(chain).matches()) {
            throw new IllegalArgumentException("chain is " + shown(chain) + ", expected as btc:mainnet or eip155:8453");
        }
        if (!TRANSACTION.matcher(transaction).matches()) {
            throw new IllegalArgumentException(
                    "transaction is " + shown(transaction) + ", expected 1 to 128 bytes in lower-case hex");
        }
        if (height.isPresent() && (height.getAsLong() < 0 || height.getAsLong() > MOST)) {
            throw new IllegalArgumentException("height is " + height.getAsLong() + ", expected 0 to 2^53 - 1");
        }
    }

    private static String shown(String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
    }

    /** How final the kind of chain is: the lower, the more. */
    int rank() {
        return switch (chain.substring(0, chain.indexOf(':'))) {
            case "btc" -> 0;
            case "eip155" -> 1;
            case "rfc3161" -> 2;
            default -> 3;
        };
    }
}
