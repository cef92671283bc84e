package io.vaultmesh.core.faults;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a child speaks to its parent, and hears that it is gone. */
final class Voice {

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out); // nothing stays in a buffer

    /** Says a fact in one write, which a pipe takes whole or not at all. */
    synchronized void say(Fact fact) {
        try {
            out.write(fact.bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("nobody listens: " + e, e);
        }
    }

    /** Ends this process when its parent's end of standard input is closed: no child outlives its parent. */
    void endWithTheParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {} // says nothing, or is gone
                    } catch (IOException e) {
                        // gone as well
                    }
                    Runtime.getRuntime().halt(3);
                },
                "parent");
        watch.setDaemon(true);
        watch.start();
    }
}
