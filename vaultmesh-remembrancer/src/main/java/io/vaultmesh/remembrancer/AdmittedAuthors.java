package io.vaultmesh.remembrancer;

import io.vaultmesh.core.key.Ed25519PublicKey;
import io.vaultmesh.remembrancer.disk.AtomicFile;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The authors whose records a namespace took over from elsewhere: a did:key in each line of a file. It is written before the first
 * of their records is logged, so that what a crash leaves in the journal, and what an audit finds in the log, is known to
 * have come in by {@link Namespace#admit}. Thread-safe.
 */
final class AdmittedAuthors {

    private final Path file;
    private @Nullable Set<String> known; // guarded by this; null until it is read

    AdmittedAuthors(Path file) {
        this.file = file;
    }

    /** The did:keys. */
    synchronized Set<String> all() {
        return Set.copyOf(known());
    }

    synchronized boolean contains(String author) {
        return known().contains(author);
    }

    /** Adds authors; when this returns, they last. */
    synchronized void add(Collection<String> authors) {
        Set<String> next = new TreeSet<>(known());
        if (next.addAll(authors)) {
            AtomicFile.write(file, (String.join("\n", next) + "\n").getBytes(StandardCharsets.UTF_8));
            known = next;
        }
    }

    private Set<String> known() {
        Set<String> authors = known;
        if (authors == null) {
            authors = read();
            known = authors;
        }
        return authors;
    }

    private Set<String> read() {
        Set<String> authors = new TreeSet<>();
        try {
            for (String line : Files.readAllLines(file)) {
                authors.add(Ed25519PublicKey.ofDidKey(line).didKey());
            }
        } catch (NoSuchFileException none) {
            return authors; // no peer sent anything yet
        } catch (IllegalArgumentException e) {
            throw new MemoryDamagedException(file + ": " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
        return authors;
    }
}
