package io.vaultmesh.remembrancer.anchor;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.log.Checkpoint;

/**
 * Knows one target, a place where checkpoints are published, well enough to tell whether its evidence holds. The scheduler's
 * anchors are such. Implementations MUST be thread-safe.
 */
public interface AttestationVerifier {

    /**
     * The target's name, in the manner of CAIP-2, such as {@code rfc3161:freetsa}. It MUST stay the same over restarts, and
     * what was anchored under it is found again by it.
     *
     * @return 3 to 8 of a-z, 0-9 and {@code -}, a colon, and 1 to 64 of a-z, A-Z, 0-9, {@code -}, {@code _} and {@code .}
     */
    String name();

    /**
     * Verifies the evidence. It MUST NOT take the target's word for what it can check itself, and MUST NOT wait without bounds.
     * Any exception means that the target has to be asked and can't be: nothing is known then, for or against it.
     *
     * @param checkpoint what should be anchored, signed by its log
     * @param evidence what the target gave, perhaps long ago
     * @return how far it has come; evidence that isn't right is {@link Finality.Invalid}, and no exception
     */
    Finality verify(Checkpoint checkpoint, JsonObject evidence);
}
