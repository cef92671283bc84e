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

/**
 * Writes the seeds that are of our own making: valid evidence, and what differs from it so little that a careless reader
 * takes it. The same bytes every time. Run by hand.
 */
final class Seeds {

    private final Path directory;
    private final Path scratch;

    private Seeds(Path directory, Path scratch) {
        this.directory = directory;
        this.scratch = scratch;
    }

    /** Takes src/fuzz/resources, and an empty directory that may be deleted afterwards. */
    public static void main(String[] args) throws IOException {
        Seeds seeds = new Seeds(Path.of(args[0], "io", "vaultmesh", "remembrancer", "fuzz"), Path.of(args[1]));
        seeds.notes();
        seeds.records();
        seeds.almostRecords();
        seeds.names();
        seeds.searches();
        seeds.logFiles();
    }

    private void write(Class<?> target, String name, byte[] content) throws IOException {
        Path inputs = directory.resolve(target.getSimpleName() + "Inputs").resolve("parse");
        Files.write(Files.createDirectories(inputs).resolve(name), content);
    }

    private void write(Class<?> target, String name, String content) throws IOException {
        write(target, name, content.getBytes(UTF_8));
    }

    private void notes() throws IOException {
        write(NoteFuzz.class, "cosigned", Fixture.NOTE.bytes());
        write(CheckpointFuzz.class, "checkpoint", Fixture.NOTE.text());
        write(NoteKeyFuzz.class, "log", Fixture.LOG.verifier().toText());
        write(NoteKeyFuzz.class, "witness", Fixture.WITNESS.verifier().toText());
        write(NoteKeyFuzz.class, "line", Fixture.NOTE.signatures().get(0).toText());
        write(NoteKeyFuzz.class, "private", NoteKeys.exposePrivateKey(Fixture.LOG.name(), Fixture.key("log")));
        String document = "# Roots\n\n" + PinnedCheckpoint.BEGIN + "\n\n```\n" + Fixture.NOTE.toText() + "```\n\n"
                + PinnedCheckpoint.END + "\n";
        write(PinnedCheckpointFuzz.class, "note", Fixture.NOTE.bytes());
        write(PinnedCheckpointFuzz.class, "document", document);
    }

    private void records() throws IOException {
        for (Receipt receipt : Fixture.RECEIPTS) {
            String kind = receipt.record().kind().label();
            write(EnvelopeFuzz.class, kind, receipt.envelope());
            write(ReceiptFuzz.class, kind, receipt.bytes());
            write(LogProofFuzz.class, kind, receipt.proof().toText());
            byte[] statement = Fixture.STATEMENTS.get((int) receipt.index()).bytes();
            write(StatementFuzz.class, kind, statement);
            write(RecordFuzz.class, kind, statement);
        }
    }

    private void almostRecords() throws IOException {
        Receipt receipt = Fixture.RECEIPTS.get(0);
        String envelope = new String(receipt.envelope(), UTF_8);
        write(EnvelopeFuzz.class, "spaced", envelope.replace("{\"payload\":", "{ \"payload\":"));
        write(EnvelopeFuzz.class, "other-member", envelope.replace("{\"payload\":", "{\"a\":1,\"payload\":"));
        // AB== is read as AA== by who doesn't look at the bits that are left over
        write(
                EnvelopeFuzz.class,
                "base64",
                "{\"payload\":\"AB==\",\"payloadType\":\"a\",\"signatures\":[{\"sig\":\"AAAA\"}]}");
        String statement = new String(Fixture.STATEMENTS.get(0).bytes(), UTF_8);
        write(StatementFuzz.class, "spaced", statement.replace("{\"_type\":", "{ \"_type\":"));
        write(
                RecordFuzz.class,
                "other-member",
                statement.replace("},\"predicateType\"", ",\"x\":1},\"predicateType\""));
        String json = new String(receipt.bytes(), UTF_8);
        write(ReceiptFuzz.class, "spaced", json.replace("\"format\":1", "\"format\": 1"));
        String proof = receipt.proof().toText();
        write(LogProofFuzz.class, "extra", proof.replace("index", "extra AA==\nindex"));
        write(LogProofFuzz.class, "base64", proof.replace("index", "extra AB==\nindex"));
        write(LogProofFuzz.class, "leading-zero", proof.replace("index ", "index 0"));
        write(CheckpointFuzz.class, "leading-zero", Fixture.NOTE.text().replace("\n7\n", "\n07\n"));
        write(CheckpointFuzz.class, "extension", Fixture.NOTE.text() + "more\n");
    }

    private void names() throws IOException {
        Receipt receipt = Fixture.RECEIPTS.get(0);
        write(NameFuzz.class, "hash", receipt.id().toString());
        write(NameFuzz.class, "base64", receipt.id().toBase64());
        write(NameFuzz.class, "author", receipt.record().predicate().author());
        write(NameFuzz.class, "namespace", new NamespaceName("dao:vaultmesh").toString());
        write(NameFuzz.class, "path", new NamespaceName("dao:vaultmesh").pathName());
        write(
                IncidentReportFuzz.class,
                "report",
                "All writes fail.\n\n## Timeline\n\n- 2026-01-02T03:04:05.678Z the disk is full\n\n## Resolution\n\nmore\n");
    }

    private void searches() throws IOException {
        write(SearchFuzz.class, "words", "the \"x-ray\" of a ledger's");
        write(SearchFuzz.class, "expression", "title : ledger NOT (text : rollback* OR NEAR(a b, 2)) AND \"c\"");
        try (MemoryIndex index = Fixture.index(scratch.resolve("index.db"))) {
            String next = index.search(Search.all().limit(1)).next().orElseThrow();
            write(CursorFuzz.class, "cursor", next);
        }
        byte[] numbers = {
            0, 0, 0, 0, 0, 0, 0, 4, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 4, 0, 0, 0, 2, 1
        };
        write(CursorFuzz.class, "numbers", numbers);
    }

    private void logFiles() throws IOException {
        LogReaderFuzz log = new LogReaderFuzz();
        log.directory = scratch.resolve("log");
        log.log();
        for (int i = 0; i < LogReaderFuzz.FILES.size(); i++) {
            String path = LogReaderFuzz.FILES.get(i);
            ByteArrayOutputStream seed = new ByteArrayOutputStream();
            seed.write(i);
            seed.writeBytes(log.files.get(path));
            write(
                    LogReaderFuzz.class,
                    path.equals(LogSource.CHECKPOINT) ? path : path.replace('/', '-'),
                    seed.toByteArray());
        }
    }
}
