package io.vaultmesh.remembrancer;

/** Somebody is told of something, until this is closed. Closing again does nothing. Thread-safe. */
@FunctionalInterface
public interface Listening extends AutoCloseable {

    /** Ends it: nobody is told any more, but for a call that has begun. */
    @Override
    void close();
}
