package io.vaultmesh.remembrancer;

import io.vaultmesh.remembrancer.memory.NamespaceName;

/** Is told how far an index is that is made anew from its log. */
@FunctionalInterface
public interface IndexProgress {

    /**
     * Called after every few thousand records and at the end, in the thread that needs the index. What it throws ends the
     * work and reaches the caller of the method that needed the index.
     *
     * @param namespace whose index it is
     * @param records how many records are indexed
     * @param of how many there are
     */
    void indexed(NamespaceName namespace, long records, long of);
}
