package io.vaultmesh.spawn.manifest;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a service differs from what was generated. Needs nothing but its directory.
 *
 * <p>A user's edits are in {@link #files()}. Whether the manifest that they are compared with is still the one that was
 * generated is another question, which {@link #seal()} answers: whoever edits the manifest too can make every file look
 * unchanged, and only a signature tells.
 *
 * <p>A value: immutable and thread-safe.
 *
 * @param manifest what the service's manifest says
 * @param files how its files differ from that; the files in {@code .vaultmesh} are not among them
 * @param seal what is known of the manifest itself: {@code base}, whether the archive of the files as they were
 *     generated is the one that the manifest names; {@code signature}, whether a trusted key signed this manifest: absent if
 *     nobody did, and failed if a key is trusted nevertheless
 */
public record Drift(Manifest manifest, TreeDiff files, Report seal) {

    /**
     * Creates a value.
     *
     * @param manifest what the service's manifest says
     * @param files how its files differ from that
     * @param seal what is known of the manifest itself
     */
    public Drift {
        requireNonNull(manifest, "manifest");
        requireNonNull(files, "files");
        requireNonNull(seal, "seal");
    }

    /**
     * Compares a service with its manifest.
     *
     * @param directory the directory of the service
     * @param trusted the keys of which one must have signed the manifest; with none, a signature is not checked
     * @return how it differs
     * @throws UncheckedIOException if there is no manifest, or a file can't be read
     * @throws IllegalArgumentException if the manifest is not one
     */
    public static Drift of(Path directory, List<EnvelopeVerifier> trusted) {
        Manifest manifest = Manifest.read(directory);
        TreeDiff all = TreeDiff.of(manifest.files(), directory);
        List<String> extra = all.extra().stream().filter(path -> !isOwn(path)).toList();
        TreeDiff files = new TreeDiff(all.unchanged(), all.modified(), all.missing(), extra);
        Check base = FileOnDisk.of(manifest.baseFile(), directory)
                .deviation()
                .map(deviation -> Check.fail("base", Manifest.BASE + " " + deviation))
                .orElseGet(() -> Check.pass("base", Manifest.BASE + " is the one that the manifest names"));
        Check signature = Seal.check(manifest, directory, trusted);
        return new Drift(
                manifest,
                files,
                new Report("seal of service " + manifest.spec().name() + " in " + directory, List.of(base, signature)));
    }

    private static boolean isOwn(String path) {
        return Stream.of(Manifest.PATH, Manifest.BASE, Manifest.SEAL)
                .anyMatch(own -> own.value().equals(path));
    }

    /**
     * Whether the service is as it was generated, as far as could be checked.
     *
     * @return whether no file is modified, missing or extra, and nothing about the seal is wrong
     */
    public boolean isEmpty() {
        return files.isEmpty() && !seal.failed();
    }

    /**
     * Everything as one report: the seal, and a failed check for each file that differs.
     *
     * @return the report; it passes only if the manifest is signed by a trusted key and every file is as generated
     */
    public Report report() {
        List<Check> checks = new ArrayList<>(seal.checks());
        files.modified().forEach(change -> checks.add(Check.fail(change.path().value(), change.how())));
        files.missing().forEach(path -> checks.add(Check.fail(path.value(), "is missing")));
        files.extra().forEach(path -> checks.add(Check.fail(path, "was not generated")));
        if (files.isEmpty()) {
            checks.add(Check.pass("files", files.unchanged().size() + " files are as generated"));
        }
        return new Report("drift of service " + manifest.spec().name(), checks);
    }
}
