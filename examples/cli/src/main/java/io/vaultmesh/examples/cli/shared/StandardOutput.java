package io.vaultmesh.examples.cli.shared;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The standard output, whose failures end the verb that writes: a PrintWriter would go on in silence. */
public final class StandardOutput extends OutputStream {

    /** The reader has what it wants, as in {@code | head -1}: no mistake, and nothing more to do. */
    public static final class ClosedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        ClosedException(IOException cause) {
            super(cause);
        }
    }

    private final OutputStream out;

    public StandardOutput() {
        this(new FileOutputStream(FileDescriptor.out));
    }

    StandardOutput(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            String message = String.valueOf(e.getMessage());
            if (message.toLowerCase(Locale.ROOT).contains("pipe")) { // no other error has the word: EPIPE
                throw new ClosedException(e);
            }
            throw new UncheckedIOException("can't write to the standard output: " + message, e);
        }
    }
}
