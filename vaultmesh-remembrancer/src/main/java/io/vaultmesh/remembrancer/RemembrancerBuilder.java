package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.log.DirectoryKind;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.log.WriterLock;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Opens a memory with settings of one's own. Not thread-safe. */
public final class RemembrancerBuilder {

    private static final DirectoryKind KIND = new DirectoryKind(
            "a memory",
            MemoryFile.FILE,
            Set.of(MemoryFile.FILE + ".part", MemoryPaths.KEYS, MemoryPaths.NAMESPACES, NamespaceRegistry.DIRECTORY));

    private final Path directory;
    private @Nullable String name;
    private @Nullable InstantSource clock;
    private final Map<String, TrustedCheckpoint> known = new TreeMap<>();
    private @Nullable IndexProgress indexProgress;
    private @Nullable RootDocument rootDocument;
    private final List<URI> authorities = new ArrayList<>();
    private boolean mustExist;

    RemembrancerBuilder(Path directory) {
        this.directory = requireNonNull(directory, "directory");
    }

    /**
     * Names a memory that is created: a host name that its owner controls, and path parts. Default: {@code
     * vaultmesh.invalid/} and 16 hex digits of the log key's hash. A memory that exists must have this name.
     *
     * @param value the name, for example {@code example.com/memory}
     * @return this builder
     * @throws IllegalArgumentException if the name is not legal
     * @throws IllegalStateException if a name was set before
     */
    @CanIgnoreReturnValue
    public RemembrancerBuilder name(String value) {
        if (name != null) {
            throw new IllegalStateException("name is already set to " + name);
        }
        name = MemoryFile.requireName(value);
        return this;
    }

    /**
     * Sets the clock that dates records. Default: the system's.
     *
     * @param source the clock
     * @return this builder
     */
    @CanIgnoreReturnValue
    public RemembrancerBuilder clock(InstantSource source) {
        if (clock != null) {
            throw new IllegalStateException("clock is already set to " + clock);
        }
        clock = requireNonNull(source, "source");
        return this;
    }

    /**
     * Never creates: a directory without a memory is refused.
     *
     * @return this builder
     */
    @CanIgnoreReturnValue
    public RemembrancerBuilder mustExist() {
        mustExist = true;
        return this;
    }

    /**
     * Names the newest checkpoint of one of the memory's logs that is known elsewhere: to a witness, a peer, a holder of a
     * receipt. A log that doesn't hold all that it held then is refused. A copy of a memory, or one that was restored,
     * records nothing in a namespace unless its log is opened so; it can be read and audited.
     *
     * <p>It can only be known of a memory that exists: none is created. Opening refuses a checkpoint whose origin is that of
     * none of the memory's logs.
     *
     * @param checkpoint the checkpoint; one for each log, told apart by their origins
     * @return this builder
     * @throws IllegalStateException if one of the same origin was named before
     */
    @CanIgnoreReturnValue
    public RemembrancerBuilder knownElsewhere(TrustedCheckpoint checkpoint) {
        TrustedCheckpoint before = known.putIfAbsent(checkpoint.origin(), checkpoint);
        if (before != null) {
            throw new IllegalStateException("knownElsewhere is already set to " + before);
        }
        return this;
    }

    /**
     * Has somebody told how far an index is that is made anew from its log: when a namespace is opened whose index is
     * absent or isn't that of its log, or later, when it turns out to be damaged.
     *
     * @param progress who is told
     * @return this builder
     * @throws IllegalStateException if somebody is told already
     */
    @CanIgnoreReturnValue
    public RemembrancerBuilder onIndexing(IndexProgress progress) {
        if (indexProgress != null) {
            throw new IllegalStateException("onIndexing is already set to " + indexProgress);
        }
        indexProgress = requireNonNull(progress, "progress");
        return this;
    }

    /**
     * Keeps the newest signed checkpoint of each namespace in a document, in Markdown, between the lines {@code <!--
     * vaultmesh:root -->} and {@code <!-- /vaultmesh:root -->}: a fraction of a second after something was recorded, and when
     * the memory is closed. Committed with the document, a checkpoint is pinned: {@link
     * io.vaultmesh.remembrancer.audit.PinnedCheckpoint}.
     *
     * @param markdown the document, which exists and has each of the two lines once; nothing else in it is changed
     * @return this builder
     * @throws IllegalArgumentException if it hasn't the lines
     * @throws IllegalStateException if a document was named before
     * @throws UncheckedIOException if it can't be read
     */
    @CanIgnoreReturnValue
    public RemembrancerBuilder publishRootTo(Path markdown) {
        if (rootDocument != null) {
            throw new IllegalStateException("publishRootTo is already set to " + rootDocument);
        }
        rootDocument = new RootDocument(markdown);
        return this;
    }

    /**
     * Names an authority that artifacts are stamped by (RFC 3161), to be asked after those that were named before, if they
     * fail. Its root must be {@linkplain Trust#pinTsa pinned}: what doesn't verify is not taken.
     *
     * @param authority its http or https URI
     * @return this builder
     */
    @CanIgnoreReturnValue
    public RemembrancerBuilder timestampAuthority(URI authority) {
        authorities.add(requireNonNull(authority, "authority"));
        return this;
    }

    Optional<RootDocument> rootDocument() {
        return Optional.ofNullable(rootDocument);
    }

    IndexProgress indexProgress() {
        return indexProgress == null ? (namespace, records, of) -> {} : indexProgress;
    }

    Optional<TrustedCheckpoint> known(String origin) {
        return Optional.ofNullable(known.get(origin));
    }

    InstantSource clock() {
        return clock == null ? InstantSource.system() : clock;
    }

    /**
     * Opens or creates the memory.
     *
     * @return the memory, to be closed
     * @throws IllegalArgumentException if the directory holds something else, or must hold a memory and doesn't, the
     *     name is not legal or not that of the memory, or a checkpoint that is known elsewhere is of none of its logs
     * @throws IllegalStateException if the memory is open elsewhere
     * @throws MemoryDamagedException if a key is missing or not the one that the memory was made with, or {@code
     *     memory.json} is missing and there are records
     * @throws UncheckedIOException if the disk refuses
     */
    public Remembrancer open() {
        WriterLock lock = takeLock();
        try {
            Optional<MemoryFile> existing = MemoryFile.read(directory);
            return existing.isPresent() ? openExisting(existing.get(), lock) : create(lock);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    private WriterLock takeLock() {
        try {
            return KIND.open(directory, mustExist || !known.isEmpty());
        } catch (IllegalArgumentException e) {
            if (known.isEmpty()) {
                throw e;
            }
            throw new IllegalArgumentException(
                    e.getMessage() + ", of which a checkpoint is known elsewhere: " + known.keySet(), e);
        }
    }

    private Remembrancer openExisting(MemoryFile file, WriterLock lock) {
        if (name != null && !name.equals(file.name())) {
            throw new IllegalArgumentException(
                    "the memory in " + directory + " is " + file.name() + ", expected " + name);
        }
        known.keySet().forEach(origin -> requireOriginIn(file, origin));
        MemoryKeys keys = MemoryKeys.load(keyDirectory()).requireThoseOf(file);
        return opened(file, keys, lock, false);
    }

    /**
     * Refuses a checkpoint that would count for nothing. One of a namespace that isn't here is none of these: a copy may be
     * older than the namespace, and must not begin it anew.
     */
    private void requireOriginIn(MemoryFile file, String origin) {
        String prefix = file.name() + "/";
        if (!origin.startsWith(prefix) || !isPathName(origin.substring(prefix.length()))) {
            String logs = new NamespaceRegistry(directory)
                    .names().stream().map(name -> prefix + name.pathName()).collect(Collectors.joining(", "));
            throw new IllegalArgumentException("knownElsewhere is of " + origin
                    + ", expected that of a log of the memory in " + directory + ": " + logs);
        }
    }

    private static boolean isPathName(String part) {
        try {
            return NamespaceName.ofPathName(part).pathName().equals(part);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Remembrancer create(WriterLock lock) {
        KeyDirectory keyDirectory = keyDirectory();
        keyDirectory.create(new SecureRandom());
        MemoryKeys keys = MemoryKeys.load(keyDirectory);
        String hash = Hashing.sha256(keys.log().publicKey().bytes()).toString();
        MemoryFile file = new MemoryFile(
                name == null ? "vaultmesh.invalid/" + hash.substring(0, 16) : name,
                keys.author().publicKey().didKey(),
                keys.log().publicKey().didKey());
        Remembrancer memory = opened(file, keys, lock, true);
        if (memory.namespace(NamespaceName.MAIN.value()).checkpoint().size() > 0) {
            memory.close();
            throw new MemoryDamagedException(
                    directory.resolve(MemoryFile.FILE) + " is missing, but there are records; restore it from a copy");
        }
        file.write(directory); // last: from now on, the keys must be there
        return memory;
    }

    private Remembrancer opened(MemoryFile file, MemoryKeys keys, WriterLock lock, boolean created) {
        Namespaces namespaces = new Namespaces(directory, file, keys, this);
        Trust trust = new Trust(directory, namespaces, keys.authorSigner(), clock());
        return new Remembrancer(
                directory, file, lock, created, namespaces, new StampingAuthorities(trust, authorities, clock()));
    }

    private KeyDirectory keyDirectory() {
        return new KeyDirectory(directory.resolve(MemoryPaths.KEYS));
    }
}
