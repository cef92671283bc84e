package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.dsse.EnvelopeVerifier;
import io.vaultmesh.core.log.WriterLock;
import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.manifest.Seal;
import io.vaultmesh.spawn.spec.ServiceSpec;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** Brings a service up to date. What {@code Spawner.update} says of it holds here. */
public final class Update {

    private final Path root;
    private final List<EnvelopeVerifier> trusted;
    private final Function<ServiceSpec, FileTree> templates;

    private Update(Path root, List<EnvelopeVerifier> trusted, Function<ServiceSpec, FileTree> templates) {
        this.root = root;
        this.trusted = trusted;
        this.templates = templates;
    }

    /**
     * Updates a service.
     *
     * @param serviceDirectory the directory of the service
     * @param options whether anything is written
     * @param trusted the keys of which one must have signed the manifest; with none, a signature is not checked
     * @param templates every file that is generated today, those in {@code .vaultmesh} too
     * @return what was done, or would be
     * @throws UncheckedIOException if there is no manifest, or a file can't be read or written
     * @throws IllegalArgumentException if the manifest is not one, or has a newer format
     * @throws UpdateRefusedException if the service can't be updated as it is
     */
    public static UpdateReport of(
            Path serviceDirectory,
            UpdateOptions options,
            List<EnvelopeVerifier> trusted,
            Function<ServiceSpec, FileTree> templates) {
        return of(serviceDirectory, options, trusted, templates, change -> {});
    }

    static UpdateReport of(
            Path serviceDirectory,
            UpdateOptions options,
            List<EnvelopeVerifier> trusted,
            Function<ServiceSpec, FileTree> templates,
            Step step) {
        // whatever isn't a service is refused before anything is written there
        var unused = Manifest.read(serviceDirectory);
        Update update = new Update(real(serviceDirectory), List.copyOf(trusted), templates);
        return options.isDryRun() ? update.preview() : update.write(step);
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException("can't follow " + directory + ": " + e, e);
        }
    }

    private UpdateReport preview() {
        UpdateDirectory.requireFiles(new ServiceFiles(root));
        if (UpdateJournal.isOpen(root)) {
            throw new UpdateRefusedException(
                    Reason.INTERRUPTED,
                    "an update of " + root + " is going on or was interrupted, expected files that are whole; an update"
                            + " takes it back, a dry run writes nothing");
        }
        return plan().report();
    }

    private UpdateReport write(Step step) {
        UpdateJournal journal = new UpdateJournal(new ServiceFiles(root), step);
        try (WriterLock lock = lock(journal.prepare())) {
            requireNonNull(lock, "lock");
            journal.hide();
            return write(journal, journal.takeBack());
        }
    }

    private UpdateReport write(UpdateJournal journal, String note) {
        try {
            UpdatePlan plan = plan();
            if (!plan.changes().isEmpty()) {
                journal.write(plan.changes());
            }
            return plan.report().withNote(note);
        } catch (UpdateRefusedException e) {
            throw note.isEmpty() ? e : new UpdateRefusedException(e.reason(), e.getMessage() + "; " + note, e);
        }
    }

    private WriterLock lock(Path directory) {
        try {
            return WriterLock.take(directory);
        } catch (IllegalStateException e) {
            throw new UpdateRefusedException(
                    Reason.LOCKED, "another update of " + root + " is going on; wait for its end, and update again", e);
        }
    }

    private UpdatePlan plan() {
        Manifest manifest = Manifest.read(root);
        if (!trusted.isEmpty()) {
            Check signature = Seal.check(manifest, root, trusted);
            if (signature.outcome() != Outcome.PASS) {
                throw new UpdateRefusedException(
                        Reason.SEAL,
                        "the manifest of " + root + " is not one that a trusted key signed: " + signature.detail());
            }
        }
        return new UpdatePlan(new ServiceFiles(root), manifest, templates.apply(manifest.spec()));
    }
}
