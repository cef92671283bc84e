package io.vaultmesh.remembrancer;

import static java.util.Objects.requireNonNull;

import io.vaultmesh.core.check.CanIgnoreReturnValue;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.LogDamagedException;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.log.WriterLock;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.index.Timeline;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.openpgp.PgpSecretKey;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A memory that can't be rewritten unseen: every record is signed by its author and stands in a transparency log, and
 * every answer carries its proof.
 *
 * <p>Kept in a directory: {@code memory.json}, {@code keys}, and in {@code namespaces} a log and bodies for each
 * namespace. One process writes at a time. The methods without a namespace use the one called {@code main}.
 *
 * <p>Guarantees: a record is durable when {@link #record} returns; what is recorded is never changed, corrections are new
 * records; a change from outside to any logged byte is found by {@link #verifyAudit}.
 *
 * <p>Not guaranteed: that nobody with the private keys in {@code keys} makes a second memory with another past. That
 * takes a checkpoint that was kept elsewhere.
 *
 * <p>Thread-safe.
 */
public final class Remembrancer implements AutoCloseable {

    private final Path directory;
    private final MemoryFile file;
    private final WriterLock lock;
    private final boolean created;
    private final Namespaces namespaces;
    private final StampingAuthorities authorities;
    private final AtomicBoolean closing = new AtomicBoolean();

    Remembrancer(
            Path directory,
            MemoryFile file,
            WriterLock lock,
            boolean created,
            Namespaces namespaces,
            StampingAuthorities authorities) {
        this.directory = directory;
        this.file = file;
        this.lock = lock;
        this.created = created;
        this.namespaces = namespaces;
        this.authorities = authorities;
    }

    /**
     * Opens a memory, or creates it if the directory is absent or empty.
     *
     * @param directory the memory's directory
     * @return the memory, to be closed
     * @throws IllegalArgumentException if the directory holds something else
     * @throws IllegalStateException if the memory is open elsewhere
     * @throws MemoryDamagedException if a key is missing or not the one that the memory
     *     was made with
     * @throws UncheckedIOException if the disk refuses
     */
    public static Remembrancer open(Path directory) {
        return builder(directory).open();
    }

    /**
     * Reads a memory beside the process that writes it, or without one.
     *
     * @param directory the memory's directory
     * @return a reader, to be closed
     * @throws IllegalArgumentException if there is no memory in the directory
     * @throws MemoryDamagedException if {@code memory.json} is not what it should be
     * @throws UncheckedIOException if the disk refuses
     */
    public static MemoryReader read(Path directory) {
        return MemoryReader.open(directory);
    }

    /**
     * Opens or creates a memory with settings of one's own.
     *
     * @param directory the memory's directory
     * @return a builder
     */
    public static RemembrancerBuilder builder(Path directory) {
        return new RemembrancerBuilder(directory);
    }

    /**
     * The memory's name, with which the origins of its logs begin.
     *
     * @return the name
     */
    public String name() {
        return file.name();
    }

    /**
     * The did:key that signs this memory's records.
     *
     * @return the author
     */
    public String author() {
        return file.author();
    }

    /**
     * Whether opening the memory created it.
     *
     * @return {@code true} if there was none before
     */
    public boolean created() {
        return created;
    }

    /**
     * A namespace. Its log is created when it is first asked for, and stays for ever.
     *
     * @param name its name, for example {@code dao:vaultmesh}
     * @return the namespace, closed with this memory
     * @throws IllegalArgumentException if the name is not legal, or has more than 245 characters: files are named after it
     * @throws MemoryDamagedException if its log is gone, or something else is in its place
     * @throws IllegalStateException if the memory is closed
     * @throws LogDamagedException if its log on disk contradicts itself; {@link #verifyAudit} says more
     */
    @CanIgnoreReturnValue
    public Namespace namespace(String name) {
        return namespaces.get(NamespaceRegistry.requireFits(new NamespaceName(requireNonNull(name, "name"))));
    }

    private Namespace main() {
        return namespaces.get(NamespaceName.MAIN);
    }

    /**
     * Records a memory in the main namespace: see {@link Namespace#record}.
     *
     * @param memory what is to be remembered
     * @return the receipt
     */
    @CanIgnoreReturnValue
    public Receipt record(Memory<?> memory) {
        return main().record(memory);
    }

    /**
     * The receipt of a record of the main namespace: see {@link Namespace#receipt}.
     *
     * @param id the record's id
     * @return its receipt; empty if there is no such record
     */
    public Optional<Receipt> receipt(Hash id) {
        return main().receipt(id);
    }

    /**
     * The records of the main namespace, the oldest first: see {@link Namespace#timeline}.
     *
     * @return the records
     */
    public Stream<MemoryRecord> timeline() {
        return main().timeline();
    }

    /**
     * The records of the main namespace in the order of their authors' clocks: see {@link Namespace#timeline(Timeline)}.
     *
     * @param part which of them
     * @return the records
     */
    public Stream<Hit> timeline(Timeline part) {
        return main().timeline(part);
    }

    /**
     * Searches the main namespace for words: see {@link Namespace#query(String)}.
     *
     * @param words the words; conditions can be added to what is returned
     * @return the query, which searches when it is asked for its hits
     * @throws IllegalArgumentException if there are more than {@link Search#MAX_WORDS} words, or {@link Search#MAX_TEXT}
     *     characters
     */
    public Query query(String words) {
        return main().query(words);
    }

    /**
     * Searches the main namespace: see {@link Namespace#query(Search)}.
     *
     * @param search what for
     * @return the query, which searches when it is asked for its hits
     */
    public Query query(Search search) {
        return main().query(search);
    }

    /**
     * Whether a receipt is of a record in the main namespace's log: see {@link Namespace#verify}.
     *
     * @param receipt the receipt
     * @return whether it verifies under the log's key
     */
    public Verdict verify(Receipt receipt) {
        return main().verify(receipt);
    }

    /**
     * The key that verifies the receipts of the main namespace.
     *
     * @return the log's public key
     */
    public NoteVerifier verifier() {
        return namespaces.verifier(NamespaceName.MAIN);
    }

    /**
     * A signed checkpoint over the main namespace.
     *
     * @return the checkpoint
     */
    public TrustedCheckpoint checkpoint() {
        return main().checkpoint();
    }

    /**
     * The keys and authorities by which artifacts are judged.
     *
     * @return what this memory trusts, to be changed too
     */
    public Trust trust() {
        return authorities.trust();
    }

    /**
     * Signs an artifact of the main namespace: see {@link Artifacts#sign}.
     *
     * @param artifact the file
     * @param key who signs
     * @return the receipt of the signature's record
     */
    @CanIgnoreReturnValue
    public Receipt sign(Path artifact, PgpSecretKey key) {
        return artifacts(NamespaceName.MAIN.value()).sign(artifact, key);
    }

    /**
     * Has an artifact of the main namespace and its signature stamped: see {@link Artifacts#timestamp}.
     *
     * @param artifact the file
     * @return the receipts of the timestamps' records
     */
    @CanIgnoreReturnValue
    public List<Receipt> timestamp(Path artifact) {
        return artifacts(NamespaceName.MAIN.value()).timestamp(artifact);
    }

    /**
     * Signs, stamps and verifies an artifact of the main namespace: see {@link Artifacts#attest}.
     *
     * @param artifact the file, whose deployment is recorded
     * @param key who signs, a pinned key
     * @return what was found
     */
    @CanIgnoreReturnValue
    public ArtifactVerification attest(Path artifact, PgpSecretKey key) {
        return artifacts(NamespaceName.MAIN.value()).attest(artifact, key);
    }

    /**
     * Verifies all that is recorded of an artifact in the main namespace: see {@link Artifacts#verifyFull(Path)}.
     *
     * @param artifact the file
     * @return what was found
     */
    public ArtifactVerification verifyFull(Path artifact) {
        return artifacts(NamespaceName.MAIN.value()).verifyFull(artifact);
    }

    /**
     * The artifacts that a namespace records: to be signed, stamped and verified.
     *
     * @param namespace its name
     * @return the artifacts
     * @throws IllegalArgumentException if the name is not legal
     */
    public Artifacts artifacts(String namespace) {
        return new Artifacts(namespace(namespace), authorities.trust(), authorities.clock(), authorities::client);
    }

    /**
     * Has somebody told of every new record of every namespace, by its receipt, once it is durable. Called in the thread
     * that records; an exception is logged and changes nothing.
     *
     * @param listener who is told
     * @return what ends it, if it is to end before the memory is closed
     */
    @CanIgnoreReturnValue
    public Listening onRecord(Consumer<Receipt> listener) {
        return namespaces.listeners().add(listener);
    }

    /**
     * The secret key by which a node of this memory signs its messages to peers. It signs no record and no checkpoint.
     *
     * @return the key
     */
    public Ed25519PrivateKey exposeTransportKey() {
        return namespaces.keys().transport();
    }

    /**
     * Where the memory is kept. What else a program keeps in this directory, in files and directories of names of its own,
     * is neither read nor audited, nor copied by {@link #backup}.
     *
     * @return the directory
     */
    public Path directory() {
        return directory;
    }

    /**
     * Replays every namespace's log from its files, and checks all that it claims: the checkpoint's signature, every
     * entry and tile against the signed root, every record's signature, number, links and body, and every row of the index
     * against the record that is logged in its place. Recording goes on meanwhile.
     *
     * <p>Not compared with the log are the words by which records are found: who changes those in the index can keep a record
     * from being found, but a hit's receipt is always of what is logged. {@link Namespace#reindex} makes them anew.
     *
     * @return the report, which names all that is wrong, not the first. A memory that is damaged is reported, not thrown
     * @throws IllegalStateException if the memory is closed
     */
    public Report verifyAudit() {
        return verifyAudit(AuditOptions.defaults());
    }

    /**
     * Replays the memory as {@link #verifyAudit()} does, holds it against checkpoints that were pinned or anchored
     * elsewhere, and tells how far it is.
     *
     * @param options what is done beyond the replay
     * @return the report, with a check for each pinned checkpoint behind those of the namespaces
     * @throws IllegalStateException if the memory is closed
     */
    public Report verifyAudit(AuditOptions options) {
        namespaces.requireOpen();
        return new MemoryAudit(file, directory, namespaces, trust(), options).run();
    }

    /**
     * Copies the memory to another directory, while it is written: all that was recorded before this was called, and perhaps
     * some of what is recorded meanwhile. The keys are copied too, readable by their owner only: keep a copy as you keep them.
     *
     * <p>A copy can be read, searched and audited. It records nothing in the name of this memory unless it is opened with
     * {@link RemembrancerBuilder#knownElsewhere}, since it doesn't know what was recorded after it was made.
     *
     * <p>Where a symbolic link in the memory leads to a file or directory, the copy has that file or directory.
     *
     * @param target where the copy is to be: absent, or an empty directory. It is there whole, or not at all
     * @throws IllegalArgumentException if there is something, also if another copy came to be there meanwhile, or if the
     *     target is in the memory's own directory or in what a link in it leads to
     * @throws IllegalStateException if the memory is closed, or is itself a copy in whose log is what no checkpoint covers
     * @throws MemoryDamagedException if a namespace's log is gone, or there is something in the memory that is neither a
     *     file nor a directory, such as a link that leads nowhere
     * @throws UncheckedIOException if the disk refuses
     */
    public void backup(Path target) {
        namespaces.requireOpen();
        Backup.write(directory, namespaces, target);
    }

    /**
     * Copies a backup to where a memory is to be, and audits it. What holds for a copy holds for what is restored: see {@link
     * #backup}.
     *
     * @param backup the directory of the backup, which nobody writes meanwhile
     * @param target where the memory is to be: absent, or an empty directory. It is there whole and sound, or not at all
     * @return the audit, none of whose checks failed
     * @throws IllegalArgumentException if there is no memory in the backup, something in the target, or the target is in the
     *     backup
     * @throws io.vaultmesh.core.check.RefutedException if the backup is damaged or lacks something; the message says where
     * @throws UncheckedIOException if the disk refuses
     */
    @CanIgnoreReturnValue
    public static Report restore(Path backup, Path target) {
        return Backup.restore(backup, target);
    }

    /**
     * Publishes and closes every namespace, and then lets others write. Closing it twice does nothing, also while the first
     * call is still closing it.
     */
    @Override
    public void close() {
        if (closing.compareAndSet(false, true)) { // else another writer would be let in before this one has ended
            try {
                namespaces.close();
            } finally {
                lock.close();
            }
        }
    }
}
