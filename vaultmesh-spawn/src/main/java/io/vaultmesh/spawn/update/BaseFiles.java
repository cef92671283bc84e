package io.vaultmesh.spawn.update;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.spawn.git.Blobs;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.manifest.ManifestFile;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of a service as they were generated: from its archive, or else from whatever has the hashes that the manifest
 * names. A file with another hash is never taken.
 */
final class BaseFiles {

    /** What an archive may have, or a file in it. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private final ServiceFiles service;
    private final Manifest manifest;

    BaseFiles(ServiceFiles service, Manifest manifest) {
        this.service = service;
        this.manifest = manifest;
    }

    /**
     * Reads the files.
     *
     * @param atHand files that may be among them, from the service and from today's templates
     * @throws UpdateRefusedException if the archive is not the one that the manifest names, or there is none and a file is
     *     not to be had elsewhere
     */
    Map<RelativePath, FileVersion> read(Collection<FileContent> atHand) {
        Found archive = service.find(Manifest.BASE, false);
        Map<RelativePath, FileContent> contents =
                archive.isNothing() ? search(atHand) : fromArchive(requireArchive(archive));
        Map<RelativePath, FileVersion> files = new TreeMap<>();
        for (ManifestFile file : manifest.files()) {
            FileContent content = contents.get(file.path());
            if (content != null) {
                files.put(file.path(), new FileVersion(content, file.executable()));
            }
        }
        return files;
    }

    private FileContent requireArchive(Found found) {
        FileContent archive = found.version()
                .map(FileVersion::content)
                .orElseThrow(() -> damaged("is no regular file of at most " + MAX_BYTES + " bytes"));
        if (!archive.hash().equals(manifest.base().sha256())) {
            throw damaged("has the SHA-256 hash " + archive.hash() + ", expected "
                    + manifest.base().sha256());
        }
        return archive;
    }

    private static UpdateRefusedException damaged(String how) {
        return new UpdateRefusedException(
                Reason.BASE_DAMAGED,
                Manifest.BASE + " " + how + ", as " + Manifest.PATH + " says; bring back the one that was generated, or"
                        + " delete it, and the files are looked for in git");
    }

    private Map<RelativePath, FileContent> fromArchive(FileContent archive) {
        Map<String, ManifestFile> named = new HashMap<>();
        manifest.files().forEach(file -> named.put(file.path().value(), file));
        Map<RelativePath, FileContent> contents = new HashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive.bytes()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                ManifestFile file = named.get(entry.getName());
                if (file == null) {
                    throw damaged("holds " + entry.getName() + ", expected only files");
                }
                byte[] bytes = in.readNBytes(MAX_BYTES);
                if (!Hashing.sha256(bytes).equals(file.sha256())) {
                    throw damaged("holds other bytes of " + file.path() + " than were generated");
                }
                contents.put(file.path(), FileContent.of(bytes));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw damaged("is no zip archive (" + e.getMessage() + ")");
        }
        for (ManifestFile file : manifest.files()) {
            if (!contents.containsKey(file.path())) {
                throw damaged("lacks " + file.path());
            }
        }
        return contents;
    }

    private Map<RelativePath, FileContent> search(Collection<FileContent> atHand) {
        Map<Hash, FileContent> pool = new HashMap<>();
        atHand.forEach(content -> pool.put(content.hash(), content));
        Map<Hash, Long> wanted = new HashMap<>();
        for (ManifestFile file : manifest.files()) {
            if (!pool.containsKey(file.sha256()) && file.size() <= MAX_BYTES) {
                wanted.put(file.sha256(), file.size());
            }
        }
        if (!wanted.isEmpty()) {
            Map<Hash, Long> all = new HashMap<>(wanted);
            if (manifest.base().size() <= MAX_BYTES) {
                all.put(manifest.base().sha256(), manifest.base().size());
            }
            Map<Hash, FileContent> blobs = Blobs.find(service.root(), all);
            Optional<FileContent> archive =
                    Optional.ofNullable(blobs.get(manifest.base().sha256()));
            if (archive.isPresent()) {
                return fromArchive(archive.get());
            }
            pool.putAll(blobs);
        }
        requireAll(pool);
        Map<RelativePath, FileContent> contents = new HashMap<>();
        manifest.files().forEach(file -> contents.put(file.path(), pool.get(file.sha256())));
        return contents;
    }

    private void requireAll(Map<Hash, FileContent> pool) {
        String missing = manifest.files().stream()
                .filter(file -> !pool.containsKey(file.sha256()))
                .map(file -> file.path().value())
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new UpdateRefusedException(
                    Reason.BASE_MISSING,
                    "there is no " + Manifest.BASE + " in " + service.root()
                            + ", and git has not all files as they were"
                            + " generated, which your changes are told by; missing are " + missing
                            + ". Bring the archive back, or fetch the history that has it (git fetch --unshallow)");
        }
    }
}
