package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.audit.AnchorAudit;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.audit.AuditScope;
import io.vaultmesh.remembrancer.audit.AuditedLog;
import io.vaultmesh.remembrancer.audit.Auditor;
import io.vaultmesh.remembrancer.audit.IndexAudit;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One audit of a whole memory: of every namespace that it has, or that its directory pretends to have. */
final class MemoryAudit {

    private final MemoryFile file;
    private final Path directory;
    private final Namespaces namespaces;
    private final Trust trust;
    private final AuditOptions options;
    private final List<AuditedLog> logs = new ArrayList<>();
    private final List<Check> checks = new ArrayList<>();

    MemoryAudit(MemoryFile file, Path directory, Namespaces namespaces, Trust trust, AuditOptions options) {
        this.file = file;
        this.directory = directory;
        this.namespaces = namespaces;
        this.trust = trust;
        this.options = options;
    }

    Report run() {
        Set<String> registered = namespaces.pathNames();
        for (String pathName : registered) {
            NamespaceName name = legal(pathName);
            if (name != null) {
                audit(name);
            }
        }
        Path parent = directory.resolve(MemoryPaths.NAMESPACES);
        try (Stream<Path> found = Files.isDirectory(parent) ? Files.list(parent) : Stream.of()) {
            found.map(path -> path.getFileName().toString())
                    .filter(pathName -> !registered.contains(pathName))
                    .sorted()
                    .forEach(pathName -> checks.add(
                            Check.fail("namespaces", pathName + " is there, but is no namespace of this memory")));
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + parent + ": " + e, e);
        }
        trust();
        options.pinned().forEach(pinned -> checks.add(pinned.check(logs)));
        return new Report("audit of memory " + file.name(), checks);
    }

    private void trust() {
        try {
            trust.check().ifPresent(checks::add);
        } catch (LogDamagedException | MemoryDamagedException | UncheckedIOException e) {
            if (trust.isPublished()) { // the log's own check says more
                checks.add(Check.notChecked("trust", String.valueOf(e.getMessage())));
            }
        }
    }

    private @Nullable NamespaceName legal(String pathName) {
        try {
            return NamespaceName.ofPathName(pathName);
        } catch (IllegalArgumentException e) {
            checks.add(Check.fail("namespaces", NamespaceRegistry.DIRECTORY + ": " + e.getMessage()));
            return null;
        }
    }

    private void audit(NamespaceName name) {
        try {
            boolean unused = namespaces.isRegistered(name); // what is registered is its key
            Namespace open = namespaces.registered(name);
            AuditedLog log = new AuditedLog(namespaces.verifier(name), open::continues);
            logs.add(log);
            checks.addAll(auditor(name, open::fsck)
                    .run(
                            open.size(),
                            options.progress(),
                            open.indexAudit(),
                            anchors(log, index -> first(open.entries(index, index + 1)))));
        } catch (LogDamagedException | MemoryDamagedException | UncheckedIOException e) {
            // it can't be opened; what it has published is examined all the same, and most often says why
            List<Check> replayed = replayPublished(name);
            if (replayed.stream().noneMatch(check -> check.outcome() == Outcome.FAIL)) {
                checks.add(Check.fail(name + ": log", String.valueOf(e.getMessage())));
            }
            checks.addAll(replayed);
        }
    }

    private List<Check> replayPublished(NamespaceName name) {
        LogReader log = MerkleLog.read(namespaces.log(name), namespaces.verifier(name));
        logs.removeIf(known -> known.key().name().equals(log.origin()));
        AuditedLog audited = new AuditedLog(namespaces.verifier(name), log::verify);
        logs.add(audited);
        try {
            return auditor(name, log::fsck).run(0, options.progress(), IndexAudit.none(), anchors(audited, log::entry));
        } catch (MemoryDamagedException | UncheckedIOException e) {
            return List.of(Check.notChecked(name + ": entries", String.valueOf(e.getMessage())));
        }
    }

    private static LogEntry first(Stream<LogEntry> entries) {
        try (entries) {
            return entries.findFirst().orElseThrow();
        }
    }

    private AnchorAudit anchors(AuditedLog log, LongFunction<LogEntry> entries) {
        return AnchorAudit.of(log, entries, options.verifiers());
    }

    private Auditor auditor(NamespaceName name, Function<Consumer<LogEntry>, Report> fsck) {
        return new Auditor(
                AuditScope.of(name, file.author(), namespaces.authors(name).all()), fsck, namespaces.bodies(name));
    }
}
