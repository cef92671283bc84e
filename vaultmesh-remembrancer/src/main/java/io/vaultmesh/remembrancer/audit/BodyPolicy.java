package io.vaultmesh.remembrancer.audit;

import io.vaultmesh.remembrancer.memory.MemoryRecord;

/**
 * Which bodies of other authors a memory keeps. Those of its own records it always keeps, whatever this says.
 * Implementations MUST be thread-safe and MUST give the same answer for the same record.
 */
public interface BodyPolicy {

    /**
     * Whether the body of a record is kept here.
     *
     * @param record a record of another author, which has a body
     * @return whether its body is fetched
     */
    boolean fetches(MemoryRecord record);

    /**
     * Why some bodies are not fetched, for a report.
     *
     * @return a reason, for example {@code "bodies of peers are fetched when they are read"}
     */
    String reason();

    /**
     * The policy that misses no body of another author; one that is here is checked all the same.
     *
     * @return the policy
     */
    static BodyPolicy whatIsHere() {
        return new BodyPolicy() {
            @Override
            public boolean fetches(MemoryRecord record) {
                return false;
            }

            @Override
            public String reason() {
                return "the record came from a peer, and its body did not";
            }
        };
    }
}
