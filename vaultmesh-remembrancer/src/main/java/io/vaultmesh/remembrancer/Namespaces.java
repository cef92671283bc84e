package io.vaultmesh.remembrancer;

import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.log.LogEntry;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.MerkleLogBuilder;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.body.BodyStore;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The namespaces of a memory, each of which is opened when it is first asked for. Thread-safe. */
final class Namespaces implements AutoCloseable {

    private final Path memory;
    private final MemoryFile file;
    private final MemoryKeys keys;
    private final RemembrancerBuilder settings;
    private final NamespaceRegistry registry;
    private final Listeners listeners = new Listeners();
    private final Map<String, Namespace> open = new TreeMap<>(); // guarded by this
    private boolean closed; // guarded by this

    Namespaces(Path memory, MemoryFile file, MemoryKeys keys, RemembrancerBuilder settings) {
        this.memory = memory;
        this.file = file;
        this.keys = keys;
        this.settings = settings;
        this.registry = new NamespaceRegistry(memory);
    }

    MemoryKeys keys() {
        return keys;
    }

    Listeners listeners() {
        return listeners;
    }

    /** A namespace, which is created if the memory doesn't have it. */
    synchronized Namespace get(NamespaceName name) {
        requireOpen();
        Namespace known = open.get(name.value());
        return known == null ? open(name, isRegistered(name)) : known;
    }

    /** A namespace that exists; one that is registered and whose log is gone is damage, and never begun anew. */
    synchronized Namespace registered(NamespaceName name) {
        requireOpen();
        Namespace known = open.get(name.value());
        return known == null ? open(name, true) : known;
    }

    private Namespace open(NamespaceName name, boolean mustExist) {
        MerkleLogBuilder builder = MerkleLog.builder(log(name))
                .indexed()
                .signer(NoteSigner.ed25519(origin(name), keys.log()))
                .checkRecovered(ownRecords(name));
        if (mustExist) {
            builder.mustExist(); // a new log under the old name and key would contradict what the old one signed
        } else if (!name.equals(NamespaceName.MAIN)) {
            requireNoCopy(name);
        }
        settings.known(origin(name)).ifPresent(builder::knownElsewhere);
        MerkleLog log = open(builder, name);
        try {
            if (!mustExist) {
                registry.add(name, log.verifier());
            }
            Namespace opened = new Namespace(
                    name,
                    log,
                    MemoryPaths.index(memory, name),
                    bodies(name),
                    authors(name),
                    keys.authorSigner(),
                    settings,
                    this);
            open.put(name.value(), opened);
            return opened;
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }

    /** What a copy began under the name and key that it was copied with would contradict what the memory begins under them. */
    private void requireNoCopy(NamespaceName name) {
        if (registered(NamespaceName.MAIN).isCopy()) {
            throw new IllegalStateException("the memory " + memory + " is a copy, and begins no namespace " + name
                    + "; open it with the newest checkpoint of namespace main that is known elsewhere");
        }
    }

    /** Refuses what a crash is said to have left in a log, unless it is what this memory would have logged there. */
    private Consumer<LogEntry> ownRecords(NamespaceName name) {
        AdmittedAuthors others = authors(name);
        return entry -> {
            try {
                Predicate predicate = MemoryRecord.verified(entry.bytes()).predicate();
                boolean mayWrite = predicate.author().equals(file.author()) || others.contains(predicate.author());
                if (!mayWrite || !predicate.namespace().equals(name)) {
                    throw new RefutedException("it is of " + predicate.author() + " for namespace "
                            + predicate.namespace() + ", expected " + file.author()
                            + ", or an author whose records were taken over, and " + name);
                }
            } catch (RefutedException e) {
                throw new MemoryDamagedException(
                        "the journal of namespace " + name + " has an entry " + entry.index()
                                + " that was not recorded here: " + e.getMessage() + "; nothing was changed",
                        e);
            }
        };
    }

    private static MerkleLog open(MerkleLogBuilder builder, NamespaceName name) {
        try {
            return builder.open();
        } catch (IllegalArgumentException notALog) {
            throw new MemoryDamagedException("the log of namespace " + name + ": " + notALog.getMessage(), notALog);
        }
    }

    /** Whether the memory has a namespace, under its key. */
    boolean isRegistered(NamespaceName name) {
        return registry.has(name, verifier(name));
    }

    /** The path names of the namespaces that the memory has, and the names of files that are no registration. */
    SortedSet<String> pathNames() {
        SortedSet<String> names = new TreeSet<>(registry.pathNames());
        names.add(NamespaceName.MAIN.pathName());
        return names;
    }

    Path log(NamespaceName name) {
        return MemoryPaths.log(memory, name);
    }

    /** The other authors whose records are in the namespace. */
    AdmittedAuthors authors(NamespaceName name) {
        return new AdmittedAuthors(MemoryPaths.authors(memory, name));
    }

    BodyStore bodies(NamespaceName name) {
        return new BodyStore(MemoryPaths.bodies(memory, name));
    }

    NoteVerifier verifier(NamespaceName name) {
        return NoteVerifier.ed25519(origin(name), keys.log().publicKey());
    }

    private String origin(NamespaceName name) {
        return file.name() + "/" + name.pathName();
    }

    /** The newest checkpoint of each namespace: of those that aren't open, as they were published. */
    List<TrustedCheckpoint> checkpoints() {
        List<TrustedCheckpoint> checkpoints = new ArrayList<>();
        for (String pathName : pathNames()) {
            NamespaceName name = NamespaceName.ofPathName(pathName);
            Namespace known;
            synchronized (this) {
                known = open.get(name.value());
            }
            checkpoints.add(
                    known == null ? MerkleLog.read(log(name), verifier(name)).checkpoint() : known.checkpoint());
        }
        return checkpoints;
    }

    /** Writes the newest checkpoints to the document that keeps them, if there is one. */
    void publishRoots() {
        settings.rootDocument().ifPresent(document -> document.publish(checkpoints()));
    }

    synchronized void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the memory " + memory + " is closed");
        }
    }

    @Override
    public void close() {
        List<Namespace> all;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            all = List.copyOf(open.values());
        }
        // without the lock, which a namespace's own thread may wait for before it ends
        List<Runnable> steps = new ArrayList<>(List.of(this::publishRoots));
        all.forEach(namespace -> steps.add(namespace::close));
        RuntimeException failed = null;
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException e) {
                if (failed != null) {
                    e.addSuppressed(failed);
                }
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
