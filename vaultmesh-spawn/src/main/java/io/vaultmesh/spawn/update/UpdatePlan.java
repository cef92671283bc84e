package io.vaultmesh.spawn.update;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.spawn.manifest.Manifest;
import io.vaultmesh.spawn.manifest.ManifestFile;
import io.vaultmesh.spawn.tree.FileContent;
import io.vaultmesh.spawn.tree.FileTree;
import io.vaultmesh.spawn.tree.GeneratedFile;
import io.vaultmesh.spawn.tree.RelativePath;
import io.vaultmesh.spawn.update.FileUpdate.Outcome;
import io.vaultmesh.spawn.update.UpdateRefusedException.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Works out what an update does to each file, and changes nothing. */
final class UpdatePlan {

    private static final String BESIDE = ".templates";
    private static final int MAX_NAME = 255;
    /** The files that say of the others how they were generated. */
    static final List<RelativePath> OWN = List.of(Manifest.PATH, Manifest.BASE, Manifest.SEAL);

    private final ServiceFiles service;
    private final Manifest manifest;
    private final FileTree theirs;

    private final Map<RelativePath, FileVersion> templates = new TreeMap<>();
    private final Map<RelativePath, Found> yours = new TreeMap<>();
    private final Map<RelativePath, FileVersion> base;
    private final Map<RelativePath, RelativePath> renamed;

    private final List<FileUpdate> updates = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private final List<String> unresolved = new ArrayList<>();

    /**
     * Takes the service, what its manifest says was generated, and what is generated now, the files in {@code .vaultmesh}
     * among it.
     */
    UpdatePlan(ServiceFiles service, Manifest manifest, FileTree theirs) {
        this.service = service;
        this.manifest = manifest;
        this.theirs = theirs;
        for (GeneratedFile file : theirs) {
            if (!OWN.contains(file.path())) {
                templates.put(file.path(), new FileVersion(file.content(), file.executable()));
            }
        }
        for (ManifestFile file : manifest.files()) {
            yours.put(file.path(), service.find(file.path(), file.executable()));
        }
        templates.forEach(
                (path, version) -> yours.computeIfAbsent(path, unknown -> service.find(unknown, version.executable())));
        Stream<FileVersion> present = yours.values().stream().flatMap(found -> found.version().stream());
        base = new BaseFiles(service, manifest)
                .read(Stream.concat(present, templates.values().stream())
                        .map(FileVersion::content)
                        .toList());
        foldCase();
        renamed = renames();
        yours.keySet().forEach(this::add);
        requireResolved();
        requirePlaces();
        OWN.forEach(this::addOwn);
    }

    UpdateReport report() {
        return new UpdateReport(
                manifest.digest(), theirs.find(Manifest.PATH).orElseThrow().hash(), updates, "");
    }

    /** What has to be written, the files in {@code .vaultmesh} last. */
    List<Change> changes() {
        return List.copyOf(changes);
    }

    private Found yours(RelativePath path) {
        return requireNonNull(yours.get(path));
    }

    /**
     * Takes a file for the one whose path the templates changed in nothing but case, where the disk does too: otherwise what
     * was written under the new name would be removed under the old one.
     */
    private void foldCase() {
        Map<String, RelativePath> added = new HashMap<>();
        templates.keySet().stream()
                .filter(path -> !base.containsKey(path))
                .forEach(path -> added.put(folded(path), path));
        for (RelativePath path : List.copyOf(base.keySet())) {
            RelativePath now = added.get(folded(path));
            if (now != null && !templates.containsKey(path) && isOne(path, now)) {
                base.put(now, requireNonNull(base.remove(path)));
                yours.remove(path);
            }
        }
    }

    private static String folded(RelativePath path) {
        return path.value().toLowerCase(Locale.ROOT);
    }

    private boolean isOne(RelativePath old, RelativePath now) {
        if (yours(old).isNothing() && yours(now).isNothing()) {
            return true;
        }
        return yours(old).version().isPresent() && yours(now).version().isPresent() && service.isSame(old, now);
    }

    /** The files that users gave another name, as far as the templates still have them. */
    private Map<RelativePath, RelativePath> renames() {
        Map<RelativePath, FileContent> lost = new TreeMap<>();
        base.forEach((path, version) -> {
            if (yours(path).isNothing() && templates.containsKey(path)) {
                lost.put(path, version.content());
            }
        });
        if (lost.isEmpty()) {
            return Map.of();
        }
        Map<RelativePath, FileContent> candidates = new HashMap<>();
        for (RelativePath path : service.list()) {
            long size = service.size(path);
            if (!yours.containsKey(path)
                    && !OWN.contains(path)
                    && !path.value().endsWith(BESIDE)
                    && lost.values().stream().anyMatch(old -> Renames.isPossible(old.size(), size))) {
                service.find(path, false).version().ifPresent(version -> candidates.put(path, version.content()));
            }
        }
        return Renames.find(lost, candidates);
    }

    private void add(RelativePath path) {
        Optional<FileVersion> old = Optional.ofNullable(base.get(path));
        Optional<FileVersion> now = Optional.ofNullable(templates.get(path));
        RelativePath at = renamed.getOrDefault(path, path);
        Found mine = at.equals(path)
                ? yours(path)
                : service.find(at, old.map(FileVersion::executable).orElse(false));
        if (isUnresolved(at, mine, old)) {
            unresolved.add(at.value());
        }
        if (mine.isNothing()) {
            now.ifPresent(version -> addAbsent(path, old, version));
        } else if (mine.isOther()) {
            addOther(path, old, now);
        } else {
            FileVersion version = mine.version().orElseThrow();
            if (now.isPresent()) {
                merge(path, at, old, version, now.get());
            } else {
                addDropped(path, old, version);
            }
        }
    }

    private boolean isUnresolved(RelativePath at, Found mine, Optional<FileVersion> old) {
        RelativePath beside = beside(at);
        boolean liesBeside =
                !yours.containsKey(beside) && !service.find(beside, false).isNothing();
        boolean hasMarkers = mine.version()
                        .filter(file -> LineMerge.hasMarkers(file.content()))
                        .isPresent()
                && old.filter(file -> LineMerge.hasMarkers(file.content())).isEmpty();
        return liesBeside || hasMarkers;
    }

    private void addAbsent(RelativePath path, Optional<FileVersion> old, FileVersion now) {
        if (old.isEmpty()) {
            put(new FileUpdate(path, path, Outcome.NEW, Optional.empty(), Optional.of(now), ""));
        } else {
            String note = old.get().equals(now) ? "" : "the templates changed it";
            put(new FileUpdate(path, path, Outcome.DELETED, Optional.empty(), Optional.empty(), note));
        }
    }

    /** A link, a directory, or something too large: whatever its owner had in mind, it is not overwritten. */
    private void addOther(RelativePath path, Optional<FileVersion> old, Optional<FileVersion> now) {
        boolean isNews = now.isPresent() && !now.equals(old);
        String note = "is not a file that can be merged" + (isNews ? noteBeside(path) : "");
        Outcome outcome = isNews ? Outcome.CONFLICT : Outcome.KEPT;
        put(new FileUpdate(path, path, outcome, Optional.empty(), Optional.empty(), note));
        if (isNews) {
            changes.add(new Change(beside(path), Optional.empty(), now));
        }
    }

    private void addDropped(RelativePath path, Optional<FileVersion> old, FileVersion mine) {
        Optional<FileVersion> version = Optional.of(mine);
        if (version.equals(old)) {
            put(new FileUpdate(path, path, Outcome.REMOVED, version, Optional.empty(), ""));
        } else {
            put(new FileUpdate(
                    path, path, Outcome.KEPT, version, version, "the templates dropped it, and you changed it"));
        }
    }

    private void merge(
            RelativePath path, RelativePath at, Optional<FileVersion> old, FileVersion mine, FileVersion now) {
        ThreeWay result = ThreeWay.of(old, mine, now);
        String note = at.equals(path) ? "" : "was " + path;
        if (result.isBeside()) {
            note += (note.isEmpty() ? "is not text" : ", is not text") + noteBeside(at);
            changes.add(new Change(beside(at), Optional.empty(), Optional.of(now)));
        }
        put(new FileUpdate(path, at, result.outcome(), Optional.of(mine), Optional.of(result.merged()), note));
    }

    private void put(FileUpdate update) {
        updates.add(update);
        if (!update.before().equals(update.after())) {
            changes.add(new Change(update.at(), update.before(), update.after()));
        }
    }

    private static String noteBeside(RelativePath path) {
        return ": that of the templates is " + beside(path);
    }

    private static RelativePath beside(RelativePath path) {
        String value = path.value();
        int name = value.lastIndexOf('/') + 1;
        int end = Math.min(value.length(), name + MAX_NAME - BESIDE.length());
        return RelativePath.of(value.substring(0, end) + BESIDE);
    }

    private void requireResolved() {
        if (!unresolved.isEmpty()) {
            throw new UpdateRefusedException(
                    Reason.UNRESOLVED,
                    "conflicts of an update before are not settled in " + service.root() + ": "
                            + String.join(", ", unresolved) + "; take out the lines between <<<<<<< yours and >>>>>>>"
                            + " templates that you don't want, and delete files NAME" + BESIDE);
        }
    }

    private void requirePlaces() {
        Set<RelativePath> removed = changes.stream()
                .filter(change -> change.after().isEmpty())
                .map(Change::path)
                .collect(Collectors.toSet());
        for (Change change : changes) {
            Optional<RelativePath> blocking = service.blocking(change.path()).filter(file -> !removed.contains(file));
            if (change.after().isPresent() && blocking.isPresent()) {
                throw new UpdateRefusedException(
                        Reason.BLOCKED,
                        blocking.get() + " in " + service.root() + " is a file, expected a directory for "
                                + change.path() + "; give it another name");
            }
        }
    }

    private void addOwn(RelativePath path) {
        Found found = service.find(path, false);
        if (found.isOther()) {
            throw new UpdateRefusedException(
                    Reason.LINK, path + " in " + service.root() + " is no regular file, expected one of the service");
        }
        Optional<FileVersion> now = theirs.find(path).map(file -> new FileVersion(file.content(), file.executable()));
        if (path.equals(Manifest.SEAL) && now.isEmpty() && !found.isNothing()) {
            requireSameManifest();
        } else if (!found.version().map(FileVersion::content).equals(now.map(FileVersion::content))) {
            changes.add(new Change(path, found.version(), now));
        }
    }

    /** What nobody signs must not take the place of what somebody signed, unless somebody wants that. */
    private void requireSameManifest() {
        if (!report().newManifest().equals(report().oldManifest())) {
            throw new UpdateRefusedException(
                    Reason.SEAL,
                    "the manifest of " + service.root() + " is signed, and nobody is here to sign the new one; give the"
                            + " spawner a signer, or delete " + Manifest.SEAL);
        }
    }
}
