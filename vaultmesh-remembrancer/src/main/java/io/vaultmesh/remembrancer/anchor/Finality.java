package io.vaultmesh.remembrancer.anchor;

import java.time.Instant;

/** How far a target has come with what was submitted to it, as it was verified here. */
public sealed interface Finality {

    /**
     * The target has it, and hasn't published it yet.
     *
     * @param state what is known, for people
     */
    record Pending(String state) implements Finality {}

    /**
     * It is published, and might still be taken back.
     *
     * @param state what is known, for people
     */
    record Included(String state) implements Finality {}

    /**
     * It is published, and as good as nobody can take it back.
     *
     * @param at when, by the target's clock, if it has one, else by ours
     */
    record Final(Instant at) implements Finality {}

    /**
     * It was published and taken back. The same is submitted again.
     *
     * @param state what is known, for people
     */
    record Reorged(String state) implements Finality {}

    /**
     * The target doesn't have it. The same is submitted again.
     *
     * @param state what is known, for people
     */
    record Missing(String state) implements Finality {}

    /**
     * The evidence doesn't prove it, and never will. It is thrown away, and a new anchor is prepared.
     *
     * @param reason why, for people
     */
    record Invalid(String reason) implements Finality {}
}
