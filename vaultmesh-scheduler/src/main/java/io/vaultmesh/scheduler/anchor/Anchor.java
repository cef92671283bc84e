package io.vaultmesh.scheduler.anchor;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.remembrancer.anchor.AttestationVerifier;

/**
 * A target: a place where a checkpoint is published, so that nobody who keeps the log can take it back.
 *
 * <p>An anchor is made in three steps, and the process may die before, in and after each. What a step returns is durable
 * before the next one begins. A scheduler calls a target from one thread at a time, and others may verify meanwhile:
 * implementations MUST be thread-safe.
 *
 * <p>Failures are {@link AnchorException}s with the {@link Trouble} that is meant. Any other exception counts as {@link
 * Trouble#UNKNOWN_OUTCOME}. An implementation MUST NOT wait without bounds.
 *
 * <p>A target verifies its own evidence, as an {@link AttestationVerifier}: what {@link #submit} gave, perhaps long ago.
 */
public interface Anchor extends AttestationVerifier {

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
}
