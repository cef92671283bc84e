package io.vaultmesh.examples.cli.shared;

import java.io.PrintWriter;

/** A line that tells how far something is, on a terminal alone; gone when it is done. */
public final class Progress implements AutoCloseable {

    private static final String CLEAR = "\r\033[K";

    private final String label;
    private final PrintWriter err;
    private final boolean shown;
    private boolean visible;

    Progress(String label, PrintWriter err, boolean shown) {
        this.label = label;
        this.err = err;
        this.shown = shown;
    }

    /** A line on standard error, unless programs read the output or nobody looks on. */
    public static Progress of(String label, Output output) {
        return new Progress(label, output.err(), !output.isJson() && Terminal.isPresent() && Terminal.is(2));
    }

    public void tell(long done, long total) {
        if (shown) {
            err.print(CLEAR + label + " " + done + " of " + total);
            err.flush();
            visible = true;
        }
    }

    @Override
    public void close() {
        if (visible) {
            err.print(CLEAR);
            err.flush();
            visible = false;
        }
    }
}
