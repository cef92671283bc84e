package io.vaultmesh.federation.config;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.remembrancer.disk.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The peers of a node, as {@code peers.yaml} lists them (docs/FORMATS.md).
 *
 * <p>Guarantees: a change is there whole or not at all, whatever fails, and lasts when the method returns. Changes of several
 * threads and processes come one after the other, and none is lost: each waits for a lock on {@code .peers.yaml.lock}, a file
 * beside it that stays.
 *
 * <p>Not guaranteed: comments and layout, which a change doesn't keep; that a file system of a network knows locks; that who
 * writes the file by other means meanwhile isn't overwritten. If the file is a link, a change replaces the link.
 *
 * <p>Thread-safe.
 */
public final class PeersFile {

    // a file's lock is the process's, not the thread's
    private static final ReentrantLock ONE_THREAD = new ReentrantLock();

    private final Path file;

    private PeersFile(Path file) {
        this.file = file;
    }

    /**
     * The list in a file.
     *
     * @param file the file; nothing is read yet
     * @return the list
     */
    public static PeersFile at(Path file) {
        return new PeersFile(file.toAbsolutePath());
    }

    /**
     * Reads the peers, in our form or in that of the original system's {@code vmsh/config/peers.yaml}, whose namespaces stand
     * in {@code federation.yaml} beside it.
     *
     * @return the peers, in the order of the file
     * @throws ConfigException if it is not what it should be; the message names file, line and column
     * @throws UncheckedIOException if it can't be read
     */
    public List<Peer> read() {
        return PeersYaml.read(file);
    }

    /**
     * Adds a peer, or puts it in the place of the one with its identity. The file is created if it is absent, in a directory
     * that exists.
     *
     * @param peer the peer
     * @throws IllegalArgumentException if it couldn't be read again: its address isn't one of {@link Peer#at(String)}, or the
     *     file would have more than 1 MiB
     * @throws ConfigException if the file is not what it should be, or in the original's form, which is only read
     * @throws UncheckedIOException if it can't be read or written
     */
    public void join(Peer peer) {
        requireNonNull(peer, "peer");
        change(peers -> peers.put(peer.id(), peer));
    }

    /**
     * Removes a peer.
     *
     * @param id who
     * @throws IllegalArgumentException if it isn't there; the message names those that are
     * @throws ConfigException if the file is not what it should be, or in the original's form, which is only read
     * @throws UncheckedIOException if it can't be read or written
     */
    public void leave(PeerId id) {
        requireNonNull(id, "id");
        change(peers -> {
            if (peers.remove(id) == null) {
                throw new IllegalArgumentException("peer is " + id + ", expected one of "
                        + peers.keySet().stream().map(PeerId::did).collect(Collectors.joining(", ", "[", "]")));
            }
        });
    }

    private void change(Consumer<Map<PeerId, Peer>> change) {
        Path lock = file.resolveSibling("." + file.getFileName() + ".lock");
        ONE_THREAD.lock();
        try (FileChannel channel = FileChannel.open(
                        lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock held = channel.lock()) {
            requireNonNull(held, "held");
            Map<PeerId, Peer> peers = new LinkedHashMap<>();
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                PeersYaml.readOurs(file).forEach(peer -> peers.put(peer.id(), peer));
            }
            change.accept(peers);
            AtomicFile.write(file, PeersYaml.write(peers.values()));
        } catch (IOException e) {
            throw new UncheckedIOException("can't lock " + lock + ": " + e, e);
        } finally {
            ONE_THREAD.unlock();
        }
    }
}
