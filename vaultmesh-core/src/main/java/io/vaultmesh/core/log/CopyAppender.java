package io.vaultmesh.core.log;

import io.vaultmesh.core.check.Check;
import java.util.List;

/** Stands where a copy of a log would append: it refuses, since only one directory may sign for a log. */
final class CopyAppender implements Appender {

    private final String refusal;
    private final boolean isPublished;

    /** Refuses to publish too, if not everything is. */
    CopyAppender(String refusal, boolean isPublished) {
        this.refusal = refusal;
        this.isPublished = isPublished;
    }

    static String refusal(String directory, String origin) {
        return directory + " is a copy of the log " + origin
                + ", or was restored, and signs nothing for it, since the log"
                + " may have gone on elsewhere. Open it with knownElsewhere(the newest checkpoint that a witness, a peer or"
                + " a reader has), or begin a successor";
    }

    private IllegalStateException refused() {
        return new IllegalStateException(refusal);
    }

    @Override
    public Appended append(byte[] entry) {
        throw refused();
    }

    @Override
    public List<Appended> appendAll(List<byte[]> entries) {
        throw refused();
    }

    @Override
    public void publish() {
        if (!isPublished) {
            throw refused();
        }
    }

    @Override
    public List<Check> check() {
        return List.of();
    }

    @Override
    public void close() {
        // what there is stays as it is
    }
}
