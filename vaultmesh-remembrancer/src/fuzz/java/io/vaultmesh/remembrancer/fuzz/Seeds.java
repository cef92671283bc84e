package io.vaultmesh.remembrancer.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vaultmesh.core.log.LogSource;
import io.vaultmesh.core.note.NoteKeys;
import io.vaultmesh.remembrancer.audit.PinnedCheckpoint;
import io.vaultmesh.remembrancer.index.MemoryIndex;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * Writes the seeds that are of our own making: valid evidence, and what differs from it so little that a careless reader
 * takes it. The same bytes every time. Run by hand.
 */
final class Seeds {

    private final Path directory;

    private Seeds(Path directory) {
        this.directory = directory;
    }

    /** The directory is src/fuzz/resources. */
    public static void main(String[] args) throws IOException {
        Seeds seeds = new Seeds(Path.of(args[0], "io", "vaultmesh", "remembrancer", "fuzz"));
        seeds.notes();
        seeds.records();
        seeds.almostRecords();
        seeds.names();
        seeds.searches();
        seeds.logFiles();
    }

    private void write(Class<?> target, String method, String name, byte[] content) throws IOException {
        Path inputs = directory.resolve(target.getSimpleName() + "Inputs").resolve(method);
        Files.write(Files.createDirectories(inputs).resolve(name), content);
    }

    private void write(Class<?> target, String method, String name, String content) throws IOException {
        write(target, method, name, content.getBytes(UTF_8));
    }

    private void notes() throws IOException {
        write(NoteFuzz.class, "parse", "cosigned", Fixture.NOTE.bytes());
        write(CheckpointFuzz.class, "parse", "checkpoint", Fixture.NOTE.text());
        write(NoteKeyFuzz.class, "parse", "log", Fixture.LOG.verifier().toText());
        write(NoteKeyFuzz.class, "parse", "witness", Fixture.WITNESS.verifier().toText());
        write(
                NoteKeyFuzz.class,
                "parse",
                "line",
                Fixture.NOTE.signatures().get(0).toText());
        write(NoteKeyFuzz.class, "parse", "private", NoteKeys.exposePrivateKey(Fixture.LOG.name(), Fixture.key("log")));
        String document = "# Roots\n\n" + PinnedCheckpoint.BEGIN + "\n\n```\n" + Fixture.NOTE.toText() + "```\n\n"
                + PinnedCheckpoint.END + "\n";
        write(PinnedCheckpointFuzz.class, "parse", "note", Fixture.NOTE.bytes());
        write(PinnedCheckpointFuzz.class, "parse", "document", document);
    }

    private void records() throws IOException {
        for (Receipt receipt : Fixture.RECEIPTS) {
            String kind = receipt.record().kind().label();
            write(EnvelopeFuzz.class, "parse", kind, receipt.envelope());
            write(ReceiptFuzz.class, "parse", kind, receipt.bytes());
            write(LogProofFuzz.class, "parse", kind, receipt.proof().toText());
            byte[] statement = Fixture.STATEMENTS.get((int) receipt.index()).bytes();
            write(StatementFuzz.class, "parse", kind, statement);
            write(RecordFuzz.class, "parse", kind, statement);
        }
    }

    private void almostRecords() throws IOException {
        Receipt receipt = Fixture.RECEIPTS.get(0);
        String envelope = new String(receipt.envelope(), UTF_8);
        write(EnvelopeFuzz.class, "parse", "spaced", envelope.replace("{\"payload\":", "{ \"payload\":"));
        write(EnvelopeFuzz.class, "parse", "other-member", envelope.replace("{\"payload\":", "{\"a\":1,\"payload\":"));
        String padded = Base64.getEncoder().encodeToString(new byte[1]); // AA==, which AB== is read as too
        write(
                EnvelopeFuzz.class,
                "parse",
                "base64",
                "{\"payload\":\"AB==\",\"payloadType\":\"a\",\"signatures\":[{\"sig\":\"" + padded + "\"}]}");
        String statement = new String(Fixture.STATEMENTS.get(0).bytes(), UTF_8);
        write(StatementFuzz.class, "parse", "spaced", statement.replace("{\"_type\":", "{ \"_type\":"));
        write(
                RecordFuzz.class,
                "parse",
                "other-member",
                statement.replace("},\"predicateType\"", ",\"x\":1},\"predicateType\""));
        String json = new String(receipt.bytes(), UTF_8);
        write(ReceiptFuzz.class, "parse", "spaced", json.replace("\"format\":1", "\"format\": 1"));
        String proof = receipt.proof().toText();
        write(LogProofFuzz.class, "parse", "extra", proof.replace("index", "extra " + padded + "\nindex"));
        write(LogProofFuzz.class, "parse", "base64", proof.replace("index", "extra AB==\nindex"));
        write(LogProofFuzz.class, "parse", "leading-zero", proof.replace("index ", "index 0"));
        write(CheckpointFuzz.class, "parse", "leading-zero", Fixture.NOTE.text().replace("\n7\n", "\n07\n"));
        write(CheckpointFuzz.class, "parse", "extension", Fixture.NOTE.text() + "more\n");
    }

    private void names() throws IOException {
        Receipt receipt = Fixture.RECEIPTS.get(0);
        write(NameFuzz.class, "parse", "hash", receipt.id().toString());
        write(NameFuzz.class, "parse", "base64", receipt.id().toBase64());
        write(NameFuzz.class, "parse", "author", receipt.record().predicate().author());
        write(NameFuzz.class, "parse", "namespace", new NamespaceName("dao:vaultmesh").toString());
        write(NameFuzz.class, "parse", "path", new NamespaceName("dao:vaultmesh").pathName());
        write(
                IncidentReportFuzz.class,
                "parse",
                "report",
                "All writes fail.\n\n## Timeline\n\n- 2026-01-02T03:04:05.678Z the disk is full\n\n## Resolution\n\nmore\n");
    }

    private void searches() throws IOException {
        write(SearchFuzz.class, "search", "words", "the \"x-ray\" of a ledger's");
        write(
                SearchFuzz.class,
                "search",
                "expression",
                "title : ledger NOT (text : rollback* OR NEAR(a b, 2)) AND \"c\"");
        Path file = Files.createTempDirectory("seeds").resolve("index.db");
        try (MemoryIndex index = Fixture.index(file)) {
            String next = index.search(Search.all().limit(1)).next().orElseThrow();
            write(CursorFuzz.class, "after", "cursor", next);
        }
        byte[] numbers = {
            0, 0, 0, 0, 0, 0, 0, 4, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 2, 1
        };
        write(CursorFuzz.class, "after", "numbers", numbers);
    }

    private void logFiles() throws IOException {
        LogReaderFuzz log = new LogReaderFuzz();
        log.directory = Files.createTempDirectory("seeds");
        log.log();
        for (int i = 0; i < LogReaderFuzz.FILES.size(); i++) {
            String path = LogReaderFuzz.FILES.get(i);
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.write(i);
            seed.writeBytes(log.files.get(path));
            write(
                    LogReaderFuzz.class,
                    "read",
                    path.equals(LogSource.CHECKPOINT) ? path : path.replace('/', '-'),
                    seed.toByteArray());
        }
    }
}
