package io.vaultmesh.spawn.manifest;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.merkle.CompactRange;
import io.vaultmesh.core.merkle.MerkleTree;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.RelativePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * What was generated: the specification, and of every file its path, hash, size, mode and generator. Lies in the
 * service itself as {@code .vaultmesh/manifest.json}, and is part of its first commit.
 *
 * <p>The bytes of that file are canonical JSON, so that one manifest has one {@link #digest()}, which pins every byte of
 * the service. The manifest doesn't list itself.
 *
 * <p>A manifest proves nothing about who wrote it: whoever can change the files can write a manifest that fits. Keep the
 * digest elsewhere to know that it is still the same one.
 *
 * <p>Immutable and thread-safe; two manifests are equal if their bytes are.
 */
public final class Manifest {

    /** Where a service has its manifest. */
    public static final RelativePath PATH = RelativePath.of(".vaultmesh/manifest.json");

    /** Where a service has the bytes of its files as they were generated, which a later update merges against. */
    public static final RelativePath BASE = RelativePath.of(".vaultmesh/base.zip");

    /** Where a service has the signature of its manifest, if it has one: a DSSE envelope. */
    public static final RelativePath SEAL = RelativePath.of(".vaultmesh/manifest.dsse.json");

    /** Stands where the generator of a file stands: these aren't made by any of them. */
    private static final String MANIFEST = "manifest";

    private static final int MAX_BYTES = 16 * 1024 * 1024;

    private final ServiceSpec spec;
    private final ManifestBase base;
    private final List<ManifestFile> files;
    private final FileContent content;

    Manifest(ServiceSpec spec, ManifestBase base, List<ManifestFile> files) {
        ManifestPaths.require(files);
        this.spec = requireNonNull(spec, "spec");
        this.base = requireNonNull(base, "base");
        this.files = List.copyOf(files);
        this.content = ManifestJson.write(spec, base, files);
    }

    /**
     * The manifest of some files.
     *
     * @param spec what they were generated from
     * @param tree the files
     * @param base the archive of the same files
     * @return the manifest
     */
    public static Manifest of(ServiceSpec spec, FileTree tree, FileContent base) {
        return new Manifest(
                spec,
                ManifestBase.of(base),
                tree.files().stream().map(ManifestFile::of).toList());
    }

    /**
     * Reads the manifest of a service.
     *
     * @param serviceDirectory the directory that the service was spawned to
     * @return the manifest
     * @throws UncheckedIOException if there is none, or it can't be read
     * @throws IllegalArgumentException if the file is anything but a manifest of format 1 to the byte: another format,
     *     an unknown or missing member, JSON that isn't canonical, a path that leads outside or into {@code .vaultmesh},
     *     or two that can't stand side by side on every file system
     */
    public static Manifest read(Path serviceDirectory) {
        Path file = PATH.in(serviceDirectory);
        byte[] bytes;
        try {
            bytes = OwnFile.read(file, MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new UncheckedIOException(
                    "there is no " + file + ", expected the directory of a service that was spawned", e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file + ": " + e, e);
        }
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(file + " has more than " + MAX_BYTES + " bytes, expected a manifest");
        }
        try {
            return ManifestJson.read(bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " is not a manifest: " + e.getMessage(), e);
        }
    }

    /**
     * What the service was generated from.
     *
     * @return the specification
     */
    public ServiceSpec spec() {
        return spec;
    }

    /**
     * The archive {@link #BASE} of the files as they were generated.
     *
     * @return its hash and size
     */
    public ManifestBase base() {
        return base;
    }

    ManifestFile baseFile() {
        return new ManifestFile(BASE, base.sha256(), base.size(), false, MANIFEST);
    }

    /** The files in {@code .vaultmesh} that this manifest pins: itself and the base. */
    List<ManifestFile> ownFiles() {
        return List.of(new ManifestFile(PATH, digest(), content.size(), false, MANIFEST), baseFile());
    }

    /**
     * Every file of the service but those in {@code .vaultmesh}.
     *
     * @return the files, sorted by path
     */
    public List<ManifestFile> files() {
        return files;
    }

    /**
     * The bytes of the manifest.
     *
     * @return canonical JSON (RFC 8785)
     */
    public FileContent content() {
        return content;
    }

    /**
     * One hash over all: of the specification and, through their own hashes, of all files.
     *
     * @return the SHA-256 hash of {@link #content()}, and so of the file {@link #PATH}
     */
    public Hash digest() {
        return content.hash();
    }

    /**
     * The root hash (RFC 6962) over the files of {@link #files()}, in their order, each as the canonical JSON that stands
     * for it in the manifest. Says the same as long as the same files are generated, whatever they were generated from.
     *
     * @return the root hash
     */
    public Hash root() {
        CompactRange range = new CompactRange();
        for (ManifestFile file : files) {
            range.append(MerkleTree.leafHash(CanonicalJson.encode(ManifestJson.write(file))));
        }
        return range.root();
    }

    /**
     * Compares a service with this manifest: every file that it lists, and the manifest in the service. Files that it
     * doesn't list are not looked at.
     *
     * @param serviceDirectory the directory of the service
     * @return a report with one failed check for each file that is missing, is not a file or lies behind a symbolic
     *     link, has other bytes or another mode; or one check that passed if there is none. Modes are compared where
     *     the file system has them
     * @throws UncheckedIOException if a file can't be read
     */
    public Report verify(Path serviceDirectory) {
        return new ManifestVerification(this, serviceDirectory).report();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Manifest manifest && content.equals(manifest.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return "Manifest[" + spec.name() + ", " + files.size() + " files, digest " + digest() + "]";
    }
}
