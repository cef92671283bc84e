package io.vaultmesh.federation;

import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.federation.peer.PeerId;
import io.vaultmesh.federation.protocol.PeerLogs;
import io.vaultmesh.remembrancer.disk.AtomicFile;
import io.vaultmesh.remembrancer.disk.Durable;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** What was seen of peers' logs, in a file for each, and for each namespace what was refused. */
final class PeerLogFiles implements PeerLogs {

    private final Path directory;

    PeerLogFiles(Path directory) {
        this.directory = directory;
    }

    @Override
    public Optional<byte[]> load(PeerId peer, NamespaceName namespace) {
        return read(file(peer, namespace));
    }

    @Override
    public void save(PeerId peer, NamespaceName namespace, byte[] state) {
        write(file(peer, namespace), state);
    }

    @Override
    public Optional<byte[]> loadRefused(NamespaceName namespace) {
        return read(refused(namespace));
    }

    @Override
    public void saveRefused(NamespaceName namespace, byte[] refused) {
        write(refused(namespace), refused);
    }

    /** A did:key tells capital letters from small ones, which not every file system does. */
    private Path file(PeerId peer, NamespaceName namespace) {
        byte[] name = (peer + " " + namespace).getBytes(StandardCharsets.UTF_8);
        return directory.resolve(Hashing.sha256(name) + ".log");
    }

    private Path refused(NamespaceName namespace) {
        return directory.resolve(Hashing.sha256(namespace.value().getBytes(StandardCharsets.UTF_8)) + ".refused");
    }

    private static Optional<byte[]> read(Path file) {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
    }

    private void write(Path file, byte[] bytes) {
        try {
            Durable.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("can't make " + directory + ": " + e, e);
        }
        AtomicFile.write(file, bytes);
    }
}
