package io.vaultmesh.core.merkle;

/**
 * The coordinates of a complete subtree: the node at {@code (level, index)} covers the leaves from {@code index << level}
 * up to, but not including, {@code (index + 1) << level}. Level 0 holds the leaf hashes.
 *
 * @param level the height of the subtree, 0 to 62
 * @param index which subtree of that height, counted from the left, from 0
 */
public record NodeId(int level, long index) {

    /**
     * Creates coordinates.
     *
     * @param level the height of the subtree, 0 to 62
     * @param index which subtree of that height, counted from the left, from 0
     * @throws IllegalArgumentException if they are negative, or reach beyond 2^63 leaves
     */
    public NodeId {
        if (level < 0 || level > 62 || index < 0 || index > Long.MAX_VALUE >>> level) {
            throw new IllegalArgumentException("no tree has a node at level " + level + ", index " + index
                    + ", expected a level of 0 to 62 and an index below 2^(63 - level)");
        }
    }
}
