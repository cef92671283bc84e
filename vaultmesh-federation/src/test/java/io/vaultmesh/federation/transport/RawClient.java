package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/** A client that sends the bytes that it is told to, over one connection. */
final class RawClient implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static RawClient to(int port) throws IOException {
        return to(port, 0);
    }

    /** A client with room for so many bytes that came and weren't read; 0 for as many as is usual. */
    static RawClient to(int port, int room) throws IOException {
        Socket socket = new Socket();
        if (room > 0) {
            socket.setReceiveBufferSize(room);
        }
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
        return new RawClient(socket);
    }

    /** What was answered. */
    record Reply(int status, HttpHead head, String text) {}

    /** Sends a request over a connection of its own. */
    static Reply ask(int port, Letter letter) throws IOException {
        try (RawClient client = to(port)) {
            return client.send(letter.bytes()).reply();
        }
    }

    @CanIgnoreReturnValue
    RawClient send(String text) throws IOException {
        return send(text.getBytes(ISO_8859_1));
    }

    @CanIgnoreReturnValue
    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Says that nothing more comes. */
    @CanIgnoreReturnValue
    RawClient end() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    Reply reply() throws IOException {
        HttpHead head = HttpHead.read(in);
        return new Reply(head.status(), head, new String(head.body(in, 1 << 21), UTF_8).strip());
    }

    /** How long it takes until the server has closed the connection; what came before is dropped. */
    Duration untilClosed() throws IOException {
        long begin = System.nanoTime();
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.net.SocketException e) {
            // a connection that is reset is closed too
            return Duration.ofNanos(System.nanoTime() - begin);
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
