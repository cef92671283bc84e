package io.vaultmesh.federation.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server on loopback that answers what a test likes. */
final class ScriptedServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: ([0-9]+)\r\n");

    /** Deals with one connection; it is closed afterwards. What it throws is dropped, as clients close when they like. */
    @FunctionalInterface
    interface Script {
        void serve(Socket socket, InputStream in, OutputStream out) throws IOException;
    }

    private final ServerSocket listening;
    private final Script script;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    private ScriptedServer(ServerSocket listening, Script script) {
        this.listening = listening;
        this.script = script;
    }

    static ScriptedServer of(Script script) throws IOException {
        return of(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), script);
    }

    static ScriptedServer of(ServerSocket listening, Script script) {
        ScriptedServer server = new ScriptedServer(listening, script);
        NamedThreads.daemon(server::accept, "scripted").start();
        return server;
    }

    /** Answers each request of each connection so; what the request was doesn't matter. */
    static ScriptedServer answering(byte[] answer) throws IOException {
        return of((socket, in, out) -> {
            while (!request(in).isEmpty()) {
                out.write(answer);
                out.flush();
            }
        });
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                open.add(socket);
                connections.incrementAndGet();
                NamedThreads.daemon(() -> serve(socket), "scripted").start();
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            script.serve(socket, new BufferedInputStream(socket.getInputStream()), socket.getOutputStream());
        } catch (IOException e) {
            connections.addAndGet(0); // the client has closed it: that is what some tests are about
        }
    }

    /** Reads one request, as its head; empty if none comes any more. */
    static String request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
        }
        String text = head.toString(ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        if (length.find()) {
            in.skipNBytes(Long.parseLong(length.group(1)));
        }
        return text;
    }

    /** The value of a field of a request. */
    static String field(String request, String name) {
        Matcher matcher = Pattern.compile("(?i)\r\n" + Pattern.quote(name) + ": ([^\r]*)\r\n")
                .matcher(request);
        return matcher.find() ? matcher.group(1) : "";
    }

    int connections() {
        return connections.get();
    }

    int port() {
        return listening.getLocalPort();
    }

    URI at() {
        return at("127.0.0.1");
    }

    URI at(String host) {
        return URI.create("http://" + host + ":" + port());
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
