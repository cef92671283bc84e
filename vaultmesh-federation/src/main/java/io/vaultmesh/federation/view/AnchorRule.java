package io.vaultmesh.federation.view;

import java.util.Comparator;

/**
 * Which of several verified anchors wins. Both rules prefer {@code btc} to {@code eip155}, that to {@code rfc3161}, and that
 * to any other kind of chain; test networks count as their kind does. Texts are compared by their bytes. Both are total
 * orders: two anchors are equal under a rule only if they are equal.
 */
public enum AnchorRule {

    /** The earliest, for it shows that the checkpoint existed the longest; then by chain, then by transaction. */
    EARLIEST,

    /**
     * The original's, as {@code docs/REMEMBRANCER_PHASE_V.md} of VaultSovereign/vm-spawn (commit 94cf317) has it: "higher
     * block number wins (within same chain)", then by chain and transaction. Heights of different chains say nothing about
     * each other, so that between two chains the name decides. The original's program compares them all the same.
     */
    HIGHER_BLOCK_FIRST;

    /** The winner first. */
    Comparator<Anchor> order() {
        Comparator<Anchor> order = Comparator.comparingInt(Anchor::rank);
        // chains and transactions are ASCII, so that code units are bytes
        order = switch (this) {
            case EARLIEST ->
                order.thenComparing(Anchor::time).thenComparing(Anchor::chain).thenComparing(Anchor::transaction);
            case HIGHER_BLOCK_FIRST ->
                order.thenComparing(Anchor::chain)
                        .thenComparing(anchor -> anchor.height().orElse(0), Comparator.reverseOrder())
                        .thenComparing(Anchor::transaction);
        };
        // one transaction about which two things are said
        return order.thenComparing(Anchor::time)
                .thenComparing(anchor -> anchor.height().orElse(-1));
    }
}
