package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.Check;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.LogReader;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.remembrancer.audit.Auditor;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One audit of a whole memory: of every namespace that it has, or that its directory pretends to have. */
final class MemoryAudit {

    private final Remembrancer memory;
    private final Path namespaces;
    private final NamespaceRegistry registry;
    private final List<Check> checks = new ArrayList<>();

    MemoryAudit(Remembrancer memory, Path namespaces, NamespaceRegistry registry) {
        this.memory = memory;
        this.namespaces = namespaces;
        this.registry = registry;
    }

    Report run() {
        Set<String> registered = new TreeSet<>(registry.pathNames());
        registered.add(NamespaceName.MAIN.pathName());
        for (String pathName : registered) {
            NamespaceName name = legal(pathName);
            if (name != null) {
                audit(name);
            }
        }
        try (Stream<Path> found = Files.isDirectory(namespaces) ? Files.list(namespaces) : Stream.of()) {
            found.map(path -> path.getFileName().toString())
                    .filter(pathName -> !registered.contains(pathName))
                    .sorted()
                    .forEach(pathName -> checks.add(
                            Check.fail("namespaces", pathName + " is there, but is no namespace of this memory")));
        } catch (IOException e) {
            throw new UncheckedIOException("can't list " + namespaces + ": " + e, e);
        }
        return new Report("audit of memory " + memory.name(), checks);
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
            Namespace open = memory.registered(name);
            checks.addAll(new Auditor(name, open::fsck, memory.bodies(name), Set.of(memory.author())).run());
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
        LogReader log = MerkleLog.read(memory.log(name), memory.verifier(name));
        try {
            return new Auditor(name, log::fsck, memory.bodies(name), Set.of(memory.author())).run();
        } catch (UncheckedIOException e) {
            return List.of(Check.notChecked(name + ": entries", String.valueOf(e.getMessage())));
        }
    }
}
