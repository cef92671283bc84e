package io.vaultmesh.spawn.manifest;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import java.nio.file.Path;
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
        List<Check> deviations = Stream.concat(manifest.files().stream(), manifest.ownFiles().stream())
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
        return FileOnDisk.of(file, directory)
                .deviation()
                .map(deviation -> Check.fail(file.path().value(), deviation));
    }
}
