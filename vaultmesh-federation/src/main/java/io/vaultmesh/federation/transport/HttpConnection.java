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

    HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

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
