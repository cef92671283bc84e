package io.vaultmesh.spawn.git;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.spawn.tree.FileContent;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.InflaterInputStream;

/**
 * Finds files among the objects of a repository by what they hold. It needs no commit, branch or name: whatever the
 * repository has is looked at, so that a file is found after a squash and in a shallow clone as long as it is still there.
 *
 * <p>Nothing but those objects is read: no configuration, and nothing is fetched. Each file that is found has the hash that
 * was asked for, whoever made the repository.
 */
public final class Blobs {

    private static final int MAX_HEADER = 32;
    private static final Pattern HEADER = Pattern.compile("[a-z]+ ([0-9]{1,10})");
    private static final Pattern LOOSE_DIRECTORY = Pattern.compile("[0-9a-f]{2}");
    private static final Pattern LOOSE_FILE = Pattern.compile("[0-9a-f]{38}(?:[0-9a-f]{24})?");

    private final Map<Hash, Long> wanted;
    private final Set<Long> sizes;
    private final Map<Hash, FileContent> found = new HashMap<>();

    private Blobs(Map<Hash, Long> wanted) {
        this.wanted = wanted;
        this.sizes = new HashSet<>(wanted.values());
    }

    /**
     * Finds files.
     *
     * @param directory a directory in a repository, or in none
     * @param wanted the SHA-256 hashes of the files, each with their size
     * @return the files that are there
     * @throws UncheckedIOException if an object or a pack can't be read; packs are read if their ids are SHA-1
     */
    public static Map<Hash, FileContent> find(Path directory, Map<Hash, Long> wanted) {
        Blobs blobs = new Blobs(Map.copyOf(wanted));
        try {
            for (Path objects : ObjectDirectories.of(directory)) {
                blobs.lookIntoLoose(objects);
                blobs.lookIntoPacks(objects.resolve("pack"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't read the git objects of " + directory + ": " + e.getMessage(), e);
        }
        return Map.copyOf(blobs.found);
    }

    private static List<Path> entries(Path directory, Pattern name) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(entry ->
                            name.matcher(String.valueOf(entry.getFileName())).matches())
                    .sorted()
                    .toList();
        }
    }

    private void lookIntoLoose(Path objects) throws IOException {
        for (Path directory : entries(objects, LOOSE_DIRECTORY)) {
            for (Path file : entries(directory, LOOSE_FILE)) {
                if (Files.isRegularFile(file)) {
                    lookIntoFile(file);
                }
            }
        }
    }

    private void lookIntoFile(Path file) throws IOException {
        try (InputStream in = new InflaterInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            long size = size(in);
            if (sizes.contains(size)) {
                offer(in.readNBytes((int) size));
            }
        } catch (IOException e) {
            throw new IOException(file + " is no object of git: " + e.getMessage(), e);
        }
    }

    private static long size(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int read = in.read(); read != 0; read = in.read()) {
            if (read < 0 || header.length() == MAX_HEADER) {
                throw new EOFException("it has no header");
            }
            header.append((char) read);
        }
        var matcher = HEADER.matcher(header);
        if (!matcher.matches()) {
            throw new IOException("its header is \"" + header + "\"");
        }
        return Long.parseLong(matcher.group(1));
    }

    private void lookIntoPacks(Path directory) throws IOException {
        for (Path index : entries(directory, Pattern.compile(".*\\.idx"))) {
            String name = String.valueOf(index.getFileName());
            Path file = index.resolveSibling(name.substring(0, name.length() - ".idx".length()) + ".pack");
            if (!Files.isRegularFile(file) || !Files.isRegularFile(index)) {
                continue;
            }
            try (Pack pack = Pack.open(index, file)) {
                for (long offset : pack.offsets()) {
                    if (sizes.contains(pack.size(offset))) {
                        offer(pack.read(offset));
                    }
                }
            } catch (IOException e) {
                throw new IOException(file + ": " + e.getMessage(), e);
            }
        }
    }

    /** The type doesn't matter: other bytes have another hash. */
    private void offer(byte[] bytes) {
        Hash hash = Hashing.sha256(bytes);
        if (wanted.containsKey(hash)) {
            found.put(hash, FileContent.of(bytes));
        }
    }
}
