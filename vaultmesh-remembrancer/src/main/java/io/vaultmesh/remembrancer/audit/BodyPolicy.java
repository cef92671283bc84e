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
     * The policy that fetches every body.
     *
     * @return the policy
     */
    static BodyPolicy everything() {
        return new BodyPolicy() {
            @Override
            public boolean fetches(MemoryRecord record) {
                return true;
            }

            @Override
            public String reason() {
                return "every body is fetched";
            }
        };
    }
}
