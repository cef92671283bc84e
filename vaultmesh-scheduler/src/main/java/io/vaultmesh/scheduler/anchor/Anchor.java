package io.vaultmesh.scheduler.anchor;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;

/**
 * A target: a place where a checkpoint is published, so that nobody who keeps the log can take it back.
 *
 * <p>An anchor is made in three steps, and the process may die before, in and after each. What a step returns is durable
 * before the next one begins. The scheduler calls a target from one thread at a time; implementations MUST be thread-safe if
 * they are given to several schedulers.
 *
 * <p>Failures are {@link AnchorException}s with the {@link Trouble} that is meant. Any other exception counts as {@link
 * Trouble#UNKNOWN_OUTCOME}. An implementation MUST NOT wait without bounds.
 */
public interface Anchor {

    /**
     * The target's name, in the manner of CAIP-2, such as {@code rfc3161:freetsa}. It MUST stay the same over restarts, and
     * what was anchored under it is found again by it.
     *
     * @return 3 to 8 of a-z, 0-9 and {@code -}, a colon, and 1 to 64 of a-z, A-Z, 0-9, {@code -}, {@code _} and {@code .}
     */
    String name();

    /**
     * Prepares what will be sent. It MUST NOT have an effect that anybody else can see.
     *
     * @param checkpoint what is to be anchored
     * @return all that {@link #submit} needs, down to the last bit of randomness: it is written down before anything is sent
     */
    JsonObject prepare(TrustedCheckpoint checkpoint);

    /**
     * Publishes it. It MUST be idempotent: called again with the same request, perhaps by a process that doesn't know what
     * became of the first call, it MUST find what is there, or send the very same bytes, and publish nothing twice.
     *
     * @param checkpoint what is anchored
     * @param request what {@link #prepare} gave
     * @return the evidence, from which anybody can see by the target's own rules that it is published
     */
    JsonObject submit(Checkpoint checkpoint, JsonObject request);

    /**
     * Verifies the evidence. It MUST NOT take the target's word for what it can check itself.
     *
     * @param checkpoint what should be anchored
     * @param evidence what {@link #submit} gave, perhaps long ago
     * @return how far it has come; evidence that isn't right is {@link Finality.Invalid}, and no exception
     */
    Finality verify(Checkpoint checkpoint, JsonObject evidence);
}
