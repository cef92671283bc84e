package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.dsse.Envelope;
import io.vaultmesh.core.dsse.EnvelopeSigner;
import io.vaultmesh.core.dsse.Statement;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.key.Ed25519PrivateKey;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.note.CosignatureSigner;
import io.vaultmesh.core.note.NoteSigner;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.index.IndexedRecord;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Erasure;
import io.vaultmesh.remembrancer.memory.Incident;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.memory.Predicate;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Keys and evidence that are the same in every run, so that what is kept as a seed stays valid. */
final class Fixture {

    static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");
    static final EnvelopeSigner AUTHOR = EnvelopeSigner.ed25519(key("author"));
    static final NoteSigner LOG = NoteSigner.ed25519("example.com/log", key("log"));
    static final CosignatureSigner WITNESS =
            CosignatureSigner.of("example.com/witness", key("witness"), InstantSource.fixed(NOW));

    /** A checkpoint that the log and the witness signed, and nothing else is. */
    static final SignedNote NOTE =
            SignedNote.sign(new Checkpoint("example.com/log", 7, Hashing.sha256(new byte[7])).toText(), LOG, WITNESS);

    /** All that the author ever signed, as statements and as receipts. */
    static final List<Statement> STATEMENTS = statements();

    static final List<Receipt> RECEIPTS = receipts();

    private Fixture() {}

    static Ed25519PrivateKey key(String name) {
        return Ed25519PrivateKey.ofSeed(Hashing.sha256(name.getBytes(UTF_8)).bytes());
    }

    /** One memory of each form that a statement can have. */
    private static List<Statement> statements() {
        Deployment deployment = Deployment.of("ledger", "1.4.0")
                .artifact("ledger.jar", Hashing.sha256(new byte[1]))
                .attribute("replicas", 3)
                .attribute("canary", true)
                .key("deploy/ledger/1.4.0");
        Incident incident = Incident.of("The disk is full", Incident.Severity.HIGH, "All writes fail.")
                .at(NOW, "the disk is full")
                .resolution("a larger disk");
        Erasure erasure = Erasure.of(Hashing.sha256(new byte[2]), Hashing.sha256(new byte[3]), "asked for");
        List<Statement> statements = new ArrayList<>();
        for (Memory<?> memory : List.of(deployment, Discovery.of("one", "."), incident, erasure)) {
            Predicate predicate = Predicate.of(memory, AUTHOR.keyId(), NOW, NamespaceName.MAIN, statements.size());
            statements.add(new Statement(memory.subjects(), memory.kind().predicateType(), predicate.toJson()));
        }
        return statements;
    }

    /** Receipts of these, from a log that holds nothing else. */
    private static List<Receipt> receipts() {
        try (MerkleLog log = MerkleLog.inMemory(LOG)) {
            List<byte[]> entries = STATEMENTS.stream()
                    .map(statement -> Envelope.sign(statement, AUTHOR).bytes())
                    .toList();
            var unused = log.appendAll(entries);
            return IntStream.range(0, entries.size())
                    .mapToObj(i -> Receipt.of(entries.get(i), log.proveInclusion(i)))
                    .toList();
        }
    }

    /** A new index of all records. */
    static MemoryIndex index(Path file) {
        MemoryIndex index = MemoryIndex.sqlite(file, LOG.name());
        List<IndexedRecord> records = RECEIPTS.stream()
                .map(receipt -> new IndexedRecord(receipt.index(), receipt.record(), "the ledger's disk"))
                .toList();
        index.add(records, Hashing.sha256(new byte[4]));
        return index;
    }
}
