package io.vaultmesh.federation.processes;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What lies between who asks and who is asked: it lets everything through, or nothing. */
final class FaultProxy implements AutoCloseable {

    private final ServerSocket server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cutOff = new AtomicInteger();
    private volatile int target;
    private volatile boolean cut;

    FaultProxy() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "fault-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    String authority() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** Leads to another port from now on. */
    void leadTo(int port) {
        target = port;
        drop();
    }

    void cut() {
        cut = true;
        drop();
    }

    void heal() {
        cut = false;
    }

    /** {@return how many connections were not let through, or broken off} */
    int cutOff() {
        return cutOff.get();
    }

    private void drop() {
        open.forEach(this::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket from = server.accept();
                open.add(from);
                if (cut) {
                    close(from);
                } else {
                    Socket to = new Socket();
                    open.add(to);
                    to.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
                    thread(() -> pump(from, to));
                    thread(() -> pump(to, from));
                }
            } catch (IOException e) {
                drop(); // who is asked is down, or this proxy is closed
            }
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                to.getOutputStream().write(buffer, 0, n);
            }
        } catch (IOException e) {
            cutOff.incrementAndGet(); // one of both ends, or the proxy, broke it off
        }
        open.remove(from);
        open.remove(to);
    }

    private void close(Socket socket) {
        open.remove(socket);
        try {
            socket.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        cutOff.incrementAndGet();
    }

    @Override
    public void close() throws IOException {
        server.close();
        drop();
    }
}
