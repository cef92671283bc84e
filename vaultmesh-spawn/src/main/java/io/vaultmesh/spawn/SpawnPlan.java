package io.vaultmesh.spawn;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.manifest.ManifestFile;
import io.vaultmesh.spawn.manifest.TreeDiff;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.TreeWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * What {@link Spawner#spawn} would write. A value: nothing has been touched. Immutable and thread-safe.
 *
 * <pre>{@code
 * SpawnPlan plan = spawner.plan(spec);
 * plan.files().forEach(file -> System.out.println(file.hash() + " " + file.path() + " by " + file.generator()));
 * plan.diff(Path.of("services/ledger"));
 * }</pre>
 *
 * @param spec what the service should be
 * @param files every file; those in {@code .vaultmesh} too: the manifest, the archive of all others as they are
 *     generated, and the manifest's signature if the spawner has a signer
 * @param manifest what is said about every other file
 */
public record SpawnPlan(ServiceSpec spec, FileTree files, Manifest manifest) {

    /**
     * Creates a plan.
     *
     * @param spec what the service should be
     * @param files every file
     * @param manifest what is said about every other file
     */
    public SpawnPlan {
        requireNonNull(spec, "spec");
        requireNonNull(files, "files");
        requireNonNull(manifest, "manifest");
    }

    /**
     * Compares a directory with this plan.
     *
     * @param directory the directory; if there is none, every file is missing
     * @return which files are as planned, differ, are missing, or are there beside them
     * @throws UncheckedIOException if a file or directory can't be read
     */
    public TreeDiff diff(Path directory) {
        return TreeDiff.of(files.files().stream().map(ManifestFile::of).toList(), directory);
    }

    /**
     * Writes the files, and makes no repository: for whoever keeps services in one of their own.
     *
     * @param directory the directory that shall appear; missing parents are made
     * @throws UncheckedIOException if it is a file, a symbolic link or a directory with anything in it, or can't be
     *     written; what was there is as before
     */
    public void writeTo(Path directory) {
        try (TreeWriter writer = TreeWriter.open(directory)) {
            writer.write(files);
            writer.publish();
        }
    }

    /**
     * The files as a zip archive: the same bytes for the same plan everywhere, with the files' modes, not compressed.
     *
     * @return the archive
     */
    public FileContent toZip() {
        return files.toZip();
    }

    /**
     * One hash over the path, mode, generator and hash of every generated file, whatever they were generated from.
     *
     * @return the root hash (RFC 6962) that {@link Manifest#root()} defines
     */
    public Hash root() {
        return manifest.root();
    }
}
