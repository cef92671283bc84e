package io.vaultmesh.spawn.tree;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.IntConsumer;

/**
 * Writes a directory all or nothing: the files go to a temporary directory beside the target, which then becomes the
 * target by one atomic move.
 *
 * <pre>{@code
 * try (TreeWriter writer = TreeWriter.open(target)) {
 *     writer.write(tree);
 *     writer.publish();
 * }
 * }</pre>
 *
 * <p>The target may be absent or an empty directory. Until {@link #publish()} returns it is not touched; if it doesn't
 * return, {@link #close()} removes the temporary directory and every parent that was made for it. Nobody ever sees half
 * of the files under the target's name. Of two writers for one target one wins, and the other gets an exception.
 *
 * <p>Not promised: a process that is killed leaves its temporary directory, {@code .<name>.spawning-<n>}, which may be
 * deleted; nothing is forced to the disk, so a power cut right after may lose files; on Windows an existing target, even
 * an empty one, can't be replaced.
 *
 * <p>Not thread-safe.
 */
public final class TreeWriter implements AutoCloseable {

    private final Path target;
    private final StagingDirectory staging;
    private boolean published;

    private TreeWriter(Path target, StagingDirectory staging) {
        this.target = target;
        this.staging = staging;
    }

    /**
     * Starts to write a directory.
     *
     * @param target the directory that shall appear; missing parents are made
     * @return the writer; the caller closes it
     * @throws UncheckedIOException if the target is a file, a symbolic link or a directory with anything in it, or if
     *     its parent can't be written to
     */
    public static TreeWriter open(Path target) {
        requireNonNull(target, "target");
        requireFree(target);
        return new TreeWriter(target, StagingDirectory.beside(target));
    }

    /**
     * Checks that a directory could appear under a name: that there is none yet, or an empty one.
     *
     * @param target the directory that shall appear
     * @throws UncheckedIOException if it is a file, a symbolic link, or a directory with anything in it
     */
    public static void requireFree(Path target) {
        if (Files.isSymbolicLink(target)) {
            throw occupied(target, "is a symbolic link");
        }
        if (!Files.exists(target)) {
            return;
        }
        if (!Files.isDirectory(target)) {
            throw occupied(target, "is a file");
        }
        try (var entries = Files.list(target)) {
            if (entries.findAny().isPresent()) {
                throw occupied(target, "is not empty");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't look into " + target + ": " + e.getMessage(), e);
        }
    }

    private static UncheckedIOException occupied(Path target, String how) {
        String message = target + " " + how + ", expected no such directory yet, or an empty one";
        return new UncheckedIOException(message, new FileAlreadyExistsException(target.toString(), null, how));
    }

    /**
     * Where the files are before they are published.
     *
     * @return a directory beside the target; gone once {@link #publish()} or {@link #close()} has been called
     */
    public Path directory() {
        return staging.directory();
    }

    /**
     * Writes files.
     *
     * @param tree the files
     * @throws UncheckedIOException if one can't be written
     */
    public void write(FileTree tree) {
        write(tree, done -> {});
    }

    /**
     * Writes files, and tells after each one.
     *
     * @param tree the files
     * @param written gets the number of files that have been written
     * @throws UncheckedIOException if one can't be written
     */
    public void write(FileTree tree, IntConsumer written) {
        int done = 0;
        for (GeneratedFile file : tree) {
            Path path = file.path().in(directory());
            try {
                Files.createDirectories(requireNonNull(path.getParent()));
                Files.write(path, file.content().bytes(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                if (file.executable()) {
                    FileModes.makeExecutable(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("can't write " + file.path() + " of " + target + ": " + e, e);
            }
            written.accept(++done);
        }
    }

    /**
     * Makes everything written appear under the target's name, at once.
     *
     * @throws IllegalStateException if it was called before
     * @throws UncheckedIOException if that name was taken meanwhile, or the move fails; the target is as it was
     */
    public void publish() {
        if (published) {
            throw new IllegalStateException(target + " was already published");
        }
        requireFree(target);
        try {
            FileModes.copyPermissions(target, directory());
            Files.move(directory(), target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("can't move the finished files to " + target + ": " + e, e);
        }
        published = true;
    }

    /** Removes what was written, unless it was published. */
    @Override
    public void close() {
        if (!published) {
            staging.remove();
        }
    }
}
