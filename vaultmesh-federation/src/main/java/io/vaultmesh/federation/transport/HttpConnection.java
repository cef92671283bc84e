package io.vaultmesh.federation.transport;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;

/** One connection to a server, over which one request follows another. Not thread-safe. */
final class HttpConnection {

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private long lastUsed; // by the clock of System.nanoTime
    private boolean used;

    /**
     * A connection.
     *
     * @param socket what is closed in the end
     * @param spoken what is spoken over: the same, or TLS above it
     */
    HttpConnection(Socket socket, Socket spoken) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(spoken.getInputStream());
        this.out = spoken.getOutputStream();
    }

    /** What is closed in the end. TLS above it isn't: its farewell would wait for who doesn't read. */
    Socket socket() {
        return socket;
    }

    InputStream in() {
        return in;
    }

    /** Sends a request, and reads the head of its answer. */
    HttpHead send(byte[] head, byte[] body) throws IOException {
        try {
            byte[] whole = new byte[head.length + body.length];
            System.arraycopy(head, 0, whole, 0, head.length);
            System.arraycopy(body, 0, whole, head.length, body.length);
            out.write(whole);
            out.flush();
            in.mark(1);
            if (in.read() < 0) {
                throw new IOException("the server closed the connection without an answer");
            }
            in.reset();
        } catch (IOException e) {
            throw used ? new HttpCaller.StaleConnection(e) : e;
        }
        return HttpHead.read(in);
    }

    /** Whether nothing came that wasn't asked for. */
    boolean isQuiet() throws IOException {
        return in.available() == 0;
    }

    HttpConnection usedNow() {
        used = true;
        lastUsed = System.nanoTime();
        return this;
    }

    boolean isYoungerThan(Duration age) {
        return System.nanoTime() - lastUsed < age.toNanos();
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't close " + socket + ": " + e, e);
        }
    }
}
