package io.vaultmesh.examples.quickstart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.Outcome;
import io.vaultmesh.core.check.Report;
import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.core.note.SignedNote;
import io.vaultmesh.remembrancer.Hit;
import io.vaultmesh.remembrancer.MemoryReader;
import io.vaultmesh.remembrancer.NamespaceReader;
import io.vaultmesh.remembrancer.Page;
import io.vaultmesh.remembrancer.Query;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.audit.AuditOptions;
import io.vaultmesh.remembrancer.audit.PinnedCheckpoint;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.index.Timeline;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Incident;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/MEMORY.md. */
class MemoryGuideTest {

    private static final Pattern BLOCK = Pattern.compile("(?m)^(?:<!-- memory-(\\w+) -->\n)?```(\\w*)\n");

    private static final Pattern REGION = Pattern.compile("(?m)^ *// region (\\w+)$");

    @TempDir
    Path directory;

    private Path home;
    private Path jar;
    private Path testReport;
    private Path dump;

    @BeforeEach
    void files() throws IOException {
        home = directory.resolve("memory");
        jar = Files.writeString(directory.resolve("ledger.jar"), "a program");
        testReport = Files.writeString(directory.resolve("tests.xml"), "<testsuite/>");
        dump = Files.write(directory.resolve("heap.hprof"), new byte[100_000]);
    }

    @Test
    void showsEveryExampleAsItIsRun() throws IOException {
        String guide = Files.readString(QuickstartTest.REPOSITORY.resolve("docs/MEMORY.md"));
        String source = Files.readString(QuickstartTest.REPOSITORY.resolve(
                "examples/quickstart/src/test/java/io/vaultmesh/examples/quickstart/MemoryGuideTest.java"));
        Set<String> shown = new HashSet<>();
        for (Matcher block = BLOCK.matcher(guide); block.find(); ) {
            String name = block.group(1);
            if (block.group(2).equals("java")) {
                assertEquals(QuickstartTest.region(source, name), QuickstartTest.block(guide, "memory-" + name));
                shown.add(name);
            }
        }
        Set<String> regions =
                REGION.matcher(source).results().map(region -> region.group(1)).collect(Collectors.toSet());
        assertEquals(10, regions.size());
        assertEquals(regions, shown);
    }

    private void record() throws IOException {
        Path receiptFile = directory.resolve("ledger-1.4.0.receipt.json");
        Path logKeyFile = directory.resolve("log.vkey");
        // region record
        try (Remembrancer memory =
                Remembrancer.builder(home).name("example.com/memory").open()) {
            Receipt receipt = memory.record(Deployment.of("ledger", "1.4.0")
                    .artifact(jar) // hashed now, as a stream, and not kept
                    .evidence(testReport) // likewise
                    .environment("production")
                    .key("deploy/ledger/1.4.0/production"));
            Files.write(receiptFile, receipt.bytes()); // for whoever may ask
            Files.writeString(logKeyFile, memory.verifier().toText()); // publish it once
        }
        // endregion
    }

    @Test
    void aReceiptIsProofEnough() throws IOException {
        record();
        Path receiptFile = directory.resolve("ledger-1.4.0.receipt.json");
        Path logKeyFile = directory.resolve("log.vkey");
        // region verify
        Receipt receipt = Receipt.parse(Files.readAllBytes(receiptFile));
        Verdict verdict = receipt.verify(NoteVerifier.of(Files.readString(logKeyFile)));
        // endregion
        assertTrue(verdict.holds());
        assertEquals("ledger 1.4.0", receipt.record().title());
    }

    private void bodies(Remembrancer memory) {
        // region bodies
        Receipt decided = memory.record(Decision.of(
                "Use PostgreSQL", "One node is enough.", "One node, and a standby.", "A failover takes a minute."));

        Receipt failed = memory.record(Incident.of("Ledger down", Incident.Severity.HIGH, "The disk was full.")
                .component("ledger")
                .at(Instant.parse("2026-01-02T03:04:05Z"), "writes fail")
                .at(Instant.parse("2026-01-02T03:30:00Z"), "a larger disk is mounted")
                .resolution("Disks are watched from now on.")
                .link(Link.Rel.RELATES, decided.id()));

        memory.record(Discovery.of("The heap is full of sessions", Body.file(dump, "application/octet-stream")));

        String report = memory.namespace("main").body(failed.record()).orElseThrow(); // verified to its end
        // endregion
        assertTrue(report.contains("- 2026-01-02T03:30:00.000Z a larger disk is mounted\n"), report);
    }

    @Test
    void whatWasRecordedIsFound() throws IOException {
        record();
        try (Remembrancer memory = Remembrancer.open(home)) {
            bodies(memory);
            NoteVerifier logKey = memory.verifier();
            List<String> found = new ArrayList<>();
            // region search
            Query query = memory.query("disk full") // both words
                    .kinds(Kind.INCIDENT, Kind.DISCOVERY)
                    .component("ledger")
                    .since(Instant.parse("2026-01-01T00:00:00Z"))
                    .attribute("severity", "high")
                    .limit(10);
            Page page = query.page();
            for (Hit hit : page) {
                hit.receipt().verify(logKey).orThrow(); // what the log has, not what the index says
                found.add(hit.at() + " " + hit.title());
            }
            Optional<Query> rest = page.next().map(query::after); // asks for the page that follows, if one does
            // endregion
            assertEquals(1, found.size());
            assertTrue(found.get(0).endsWith("Z Ledger down"), found.get(0));
            assertFalse(page.cut());
            assertTrue(rest.isEmpty());

            found.clear();
            // region expression
            memory.query(Search.expression("title : ledger NOT (text : rollback*)")).stream()
                    .limit(100)
                    .forEach(hit -> found.add(hit.title()));
            // endregion
            assertEquals(List.of("Ledger down", "ledger 1.4.0"), found);

            found.clear();
            Instant monday = Instant.parse("2026-01-05T00:00:00Z");
            // region timeline
            memory.timeline(Timeline.all().component("ledger").since(monday))
                    .forEach(hit -> found.add(hit.at() + " " + hit.title()));
            memory.namespace("main")
                    .components(Timeline.all())
                    .forEach(of -> found.add(of.component() + ": " + of.records() + " records, last at " + of.last()));
            // endregion
            assertEquals(3, found.size(), found.toString());
            assertTrue(found.get(2).startsWith("ledger: 2 records, last at "), found.toString());
        }
    }

    @Test
    void anAuditHoldsTheMemoryAgainstWhatWasPinned() throws IOException {
        OutsideProgram git = OutsideProgram.require("git").withoutEnv("GIT_").env("GIT_CONFIG_GLOBAL", "/dev/null");
        Path platform = Files.createDirectory(directory.resolve("platform"));
        Path readme = Files.writeString(
                platform.resolve("README.md"), "# Platform\n\n<!-- vaultmesh:root -->\n<!-- /vaultmesh:root -->\n");
        record();
        Path pinned = platform.resolve("memory.checkpoint");
        // region pin
        try (Remembrancer memory =
                Remembrancer.builder(home).publishRootTo(readme).open()) {
            memory.record(Discovery.of("A pin holds", "Somebody else keeps it."));
            Files.writeString(pinned, memory.checkpoint().note().toText());
        }
        // endregion
        assertTrue(Files.readString(readme).contains("example.com/memory/main\n2\n"), Files.readString(readme));
        String unused = git.run(platform, "init", "-q").orFail()
                + git.run(platform, "add", "--all").orFail()
                + git.run(platform, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "Pin")
                        .orFail()
                + git.run(platform, "tag", "v1").orFail();
        List<String> progress = new ArrayList<>();
        try (Remembrancer memory = Remembrancer.open(home)) {
            // region audit
            Report audit = memory.verifyAudit(AuditOptions.defaults()
                    .pinned(PinnedCheckpoint.file(pinned))
                    .pinned(PinnedCheckpoint.git(platform, "v1", "memory.checkpoint"))
                    .progress((namespace, checked, total) -> progress.add(checked + " of " + total)));
            audit.orThrow(); // unless every check is a pass
            // endregion
            assertEquals(List.of("2 of 2"), progress);
            assertEquals(
                    2,
                    audit.checks(Outcome.PASS).stream()
                            .filter(check -> check.name().startsWith("pinned checkpoint"))
                            .count());
        }
    }

    @Test
    void aRestoredMemoryRecordsOnceItIsShownToBeWhole() throws IOException {
        record();
        Path pinned = directory.resolve("memory.checkpoint");
        Path backup = directory.resolve("backup");
        Path restored = directory.resolve("restored");
        Discovery late = Discovery.of("A backup is a copy", "It speaks for nobody.");
        try (Remembrancer memory = Remembrancer.open(home)) {
            Files.writeString(pinned, memory.checkpoint().note().toText());
            memory.backup(backup);
        }
        NoteVerifier logKey = NoteVerifier.of(Files.readString(directory.resolve("log.vkey")));
        // region restore
        Report sound = Remembrancer.restore(backup, restored); // audited; throws if it is damaged

        SignedNote note = SignedNote.parse(Files.readAllBytes(pinned)); // the newest that anybody has
        try (Remembrancer memory = Remembrancer.builder(restored)
                .knownElsewhere(TrustedCheckpoint.verify(note, logKey))
                .open()) {
            memory.record(late);
        }
        // endregion
        assertTrue(sound.passed(), sound.toText());
        try (Remembrancer memory = Remembrancer.open(backup)) {
            assertThrows(IllegalStateException.class, () -> memory.record(late));
        }
        try (Remembrancer memory = Remembrancer.open(restored)) {
            assertEquals(2, memory.timeline().count());
        }
    }

    @Test
    void readersNeedNoKeysAndNoLock() throws IOException {
        record();
        List<Hash> found = new ArrayList<>();
        try (Remembrancer writer = Remembrancer.open(home)) {
            // region read
            try (MemoryReader reader = Remembrancer.read(home)) {
                NamespaceReader main = reader.namespace("main");
                main.query("ledger").stream()
                        .forEach(hit -> found.add(hit.receipt().id()));
            }
            // endregion
            assertEquals(List.of(writer.timeline().findFirst().orElseThrow().id()), found);
        }
    }
}
