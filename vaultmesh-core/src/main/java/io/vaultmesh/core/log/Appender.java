package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import java.util.List;

/** How entries get into a log. Thread-safe. */
interface Appender extends AutoCloseable {

    /** Appends an entry of a legal length. */
    Appended append(byte[] entry);

    /** Appends entries of legal lengths, all or none, with nothing between them. */
    List<Appended> appendAll(List<byte[]> entries);

    /** Brings everything to the store. */
    void publish();

    /** Checks what only the appender has, and adds what is wrong to a report. */
    List<Check> check();

    /** Refuses what comes after, publishes and closes. */
    @Override
    void close();
}
