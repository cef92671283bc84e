package io.vaultmesh.core.log;

/**
 * Tells a log's directory from a copy of it, which must not sign for the log: two that go on from one point would
 * contradict each other.
 */
interface LogIdentity {

    boolean isCopy();

    /** Makes the directory the log's own. */
    void claim();

    /** That of a directory which nobody copies. */
    static LogIdentity unquestioned() {
        return new LogIdentity() {
            @Override
            public boolean isCopy() {
                return false;
            }

            @Override
            public void claim() {
                // it is
            }
        };
    }
}
