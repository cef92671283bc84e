package io.vaultmesh.core.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.note.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Logs for tests, their keys, and their directories. */
final class Logs {

    static final NoteSigner SIGNER = signer("example.com/log", 1);

    private Logs() {}

    static NoteSigner signer(String name, int seed) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) seed;
        return NoteSigner.ed25519(name, Ed25519PrivateKey.ofSeed(bytes));
    }

    /** Opens a log that publishes when it is told to. */
    static MerkleLog open(Path dir) {
        return MerkleLog.builder(dir)
                .signer(SIGNER)
                .publishEvery(Duration.ofDays(1))
                .open();
    }

    /** The file of the journal that is written to, of which there is one as long as a log is small. */
    static Path segment(Path dir) {
        try (Stream<Path> files = Files.list(dir.resolve(Journal.DIRECTORY))) {
            return files.max(Comparator.naturalOrder()).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] entry(long index) {
        return ("entry " + index).getBytes(UTF_8);
    }

    static List<byte[]> entries(long from, long to) {
        return LongStream.range(from, to).mapToObj(Logs::entry).toList();
    }

    /** Brings a log to a size, in one group. */
    static void grow(MerkleLog log, long size) {
        log.appendAll(entries(log.size(), size));
    }

    /** The root of a log of a size. */
    static Hash rootOf(long size) {
        MerkleLog log = MerkleLog.inMemory(SIGNER);
        grow(log, size);
        return log.root();
    }

    /** The files that a log published, without those that are only its writer's. */
    static Set<String> files(Path dir) {
        try (Stream<Path> files = Files.walk(dir)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> dir.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.equals(LogStore.CHECKPOINT) || name.startsWith("tile/"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a directory that was copied pass for the one that the log was in. */
    static void claim(Path dir) throws IOException {
        Files.write(dir.resolve(WriterLock.FILE), new byte[0]);
        new InodeIdentity(dir).claim();
    }

    /** What a crash would leave: all files as they are now, in what passes for the log's own directory. Not the lock: closing a copy's source would release it. */
    static Path copy(Path dir, Path to) {
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(dir.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (!file.getFileName().toString().equals(WriterLock.FILE)) {
                    Files.copy(file, target);
                }
            }
            if (Files.exists(to.resolve(LogStore.CHECKPOINT))) {
                claim(to);
            }
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
