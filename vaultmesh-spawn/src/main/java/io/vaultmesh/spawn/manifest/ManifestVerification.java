package io.vaultmesh.spawn.manifest;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares a directory with a manifest, file by file. */
final class ManifestVerification {

    private final Manifest manifest;
    private final Path directory;

    ManifestVerification(Manifest manifest, Path directory) {
        this.manifest = manifest;
        this.directory = requireNonNull(directory, "serviceDirectory");
    }

    Report report() {
        ManifestFile itself = new ManifestFile(
                Manifest.PATH, manifest.digest(), manifest.content().size(), false, "manifest");
        List<Check> deviations = Stream.concat(manifest.files().stream(), Stream.of(itself))
                .flatMap(file -> check(file).stream())
                .toList();
        String title = "files of service " + manifest.spec().name() + " in " + directory;
        int count = manifest.files().size();
        return new Report(
                title,
                deviations.isEmpty()
                        ? List.of(Check.pass("files", count + " files and the manifest are as generated"))
                        : deviations);
    }

    private Optional<Check> check(ManifestFile file) {
        try {
            return verdict(file).reason().map(reason -> Check.fail(file.path().value(), reason));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file.path() + " in " + directory + ": " + e, e);
        }
    }

    private Verdict verdict(ManifestFile file) throws IOException {
        Path path = directory;
        for (String segment : file.path().segments()) {
            path = path.resolve(segment);
            // the bytes behind a link may be right today, and belong to somebody else
            if (Files.isSymbolicLink(path)) {
                return Verdict.refuted("lies behind the symbolic link " + path + ", expected a file of the service");
            }
        }
        if (!Files.exists(path)) {
            return Verdict.refuted("is missing");
        }
        if (!Files.isRegularFile(path)) {
            return Verdict.refuted("is not a file");
        }
        long size = Files.size(path);
        if (size != file.size()) {
            return Verdict.refuted("has " + size + " bytes, expected " + file.size());
        }
        Hash hash = Hashing.sha256(path);
        if (!hash.equals(file.sha256())) {
            return Verdict.refuted("has the SHA-256 hash " + hash + ", expected " + file.sha256());
        }
        if (isExecutable(path).orElse(file.executable()) != file.executable()) {
            return Verdict.refuted(
                    file.executable()
                            ? "can't be run, expected a file that can"
                            : "can be run, expected a file that can't");
        }
        return Verdict.proven();
    }

    private static Optional<Boolean> isExecutable(Path path) throws IOException {
        PosixFileAttributeView view =
                Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view == null
                ? Optional.empty()
                : Optional.of(view.readAttributes().permissions().contains(PosixFilePermission.OWNER_EXECUTE));
    }
}
