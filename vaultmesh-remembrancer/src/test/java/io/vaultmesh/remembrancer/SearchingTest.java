package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.index.ComponentActivity;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.index.Timeline;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class SearchingTest extends MemoryFixture {

    private Remembrancer memory;
    private Instant now = NOON;

    @BeforeEach
    void openMemory() {
        memory = Remembrancer.builder(path()).clock(() -> now).open();
    }

    @AfterEach
    void closeMemory() {
        memory.close();
    }

    private static List<String> titles(Iterable<Hit> hits) {
        List<String> titles = new ArrayList<>();
        hits.forEach(hit -> titles.add(hit.title()));
        return titles;
    }

    @Nested
    class WithConditions {

        private Receipt deployed;
        private Receipt decided;

        @BeforeEach
        void record() {
            deployed = memory.record(deployment()
                    .attribute("canary", true)
                    .attribute("replicas", 3)
                    .attribute("region", "eu"));
            now = NOON.plusSeconds(60);
            decided = memory.record(
                    Decision.of("Ledger uses joins", "c", "d", "e").component("ledger"));
            now = NOON.plusSeconds(120);
            memory.record(discovery("Gateway drops packets").component("gateway"));
        }

        private void requireFound(Receipt expected, Query query) {
            List<Hit> hits = query.page().hits();
            assertEquals(List.of(expected.record().title()), titles(hits));
            Receipt proof = hits.get(0).receipt();
            proof.verify(memory.verifier()).orThrow();
            assertEquals(expected.id(), proof.id());
            assertEquals(expected.id(), hits.get(0).id());
            assertEquals(expected.record(), hits.get(0).record());
        }

        @Test
        void findsWhatIsAboutAnArtifactByItsHash() {
            Hash artifact = deployed.record().subjects().get(0).digest();
            requireFound(deployed, memory.query(artifact.toString()));
        }

        @Test
        void findsWhatMeetsEachOfThem() {
            Query ledger = memory.query("ledger");
            assertEquals(2, ledger.page().matches());
            requireFound(deployed, ledger.kinds(Kind.DEPLOYMENT));
            requireFound(decided, ledger.kinds(Kind.DECISION, Kind.INCIDENT));
            requireFound(deployed, ledger.version("1.4.0"));
            requireFound(deployed, ledger.attribute("canary", true));
            requireFound(deployed, ledger.attribute("replicas", 3));
            requireFound(deployed, ledger.attribute("region", "eu"));
            requireFound(deployed, ledger.until(NOON.plusSeconds(60)));
            requireFound(decided, ledger.since(NOON.plusSeconds(60)));
            requireFound(
                    decided,
                    ledger.component("ledger").since(NOON.plusSeconds(1)).until(NOON.plusSeconds(61)));
            for (Query none : List.of(
                    ledger.kinds(Kind.INCIDENT),
                    ledger.version("1.4"),
                    ledger.component("gateway"),
                    ledger.attribute("canary", false),
                    ledger.attribute("replicas", "3"),
                    ledger.attribute("replicas", 4),
                    ledger.since(NOON.plusSeconds(61)),
                    ledger.until(NOON),
                    ledger.author("did:key:zNobody"))) {
                assertEquals(List.of(), none.page().hits());
            }
            assertEquals(2, ledger.author(memory.author()).page().matches());
        }

        @Test
        void withoutWordsGivesTheNewestFirst() {
            assertEquals(
                    List.of("Gateway drops packets", "Ledger uses joins"),
                    titles(memory.query(Search.all()).since(NOON.plusSeconds(1))));
        }

        @Test
        void isOfOneNamespace() {
            Namespace other = memory.namespace("other");
            assertEquals(0, other.query("ledger").page().matches());
            other.record(discovery("Otherwise"));
            assertEquals(List.of("Otherwise"), titles(other.query("otherwise")));
            assertEquals(0, memory.query("otherwise").page().matches());
        }
    }

    @Nested
    class OfBodies {

        @Test
        void findsWordsOfMarkdownAndTextsAndNoOtherFiles() throws IOException {
            Path text = Files.writeString(directory.resolve("report.txt"), "The zephyr was measured.");
            Path binary = Files.writeString(directory.resolve("report.bin"), "The borealis was measured.");
            memory.record(discovery("markdown"));
            memory.record(Discovery.of("text", Body.file(text, Body.TEXT)));
            memory.record(Discovery.of("binary", Body.file(binary, "application/octet-stream")));
            assertEquals(List.of("markdown"), titles(memory.query("what was found")));
            assertEquals(List.of("text"), titles(memory.query("ZEPHYR")));
            assertEquals(List.of(), titles(memory.query("borealis")));
            assertEquals(List.of("text"), titles(memory.query("zephyr text")), "some words here, some there");
        }
    }

    @Nested
    class OfWhatWasRecordedJustNow {

        @Test
        void findsItAtOnce() {
            for (int i = 0; i < 50; i++) {
                Receipt receipt = memory.record(discovery("number" + i));
                List<Hit> hits = memory.query("number" + i).page().hits();
                assertEquals(1, hits.size(), "number" + i);
                assertEquals(receipt.id(), hits.get(0).receipt().id());
            }
        }

        @Test
        void pagesToTheEndOfWhatThereWasWhileOthersRecord() throws Exception {
            Set<Hash> before = new HashSet<>();
            for (int i = 0; i < 60; i++) {
                before.add(memory.record(discovery("common " + i)).id());
            }
            AtomicBoolean done = new AtomicBoolean();
            ExecutorService pool = Executors.newFixedThreadPool(2);
            try {
                Query query = memory.query("common").limit(7);
                Page page = query.page();
                List<Future<?>> others = new ArrayList<>();
                for (int t = 0; t < 2; t++) {
                    others.add(pool.submit(() -> {
                        do {
                            memory.record(discovery("common too"));
                        } while (!done.get());
                    }));
                }
                List<Hash> found = new ArrayList<>();
                page.hits().forEach(hit -> found.add(hit.receipt().id()));
                while (page.next().isPresent()) {
                    memory.record(discovery("common again"));
                    page = query.after(page.next().orElseThrow()).page();
                    page.hits().forEach(hit -> found.add(hit.receipt().id()));
                }
                done.set(true);
                for (Future<?> other : others) {
                    other.get();
                }
                assertEquals(60, found.size());
                assertEquals(before, Set.copyOf(found));
                assertEquals(
                        memory.timeline().count(),
                        query.stream().map(Hit::id).distinct().count());
            } finally {
                done.set(true);
                pool.shutdownNow();
            }
        }
    }

    @Nested
    class OfTextFromAnybody {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "say \"hello\"",
                    "\"",
                    "hello*",
                    "hello AND NOT (",
                    "title : hello",
                    "hello\u0000world",
                    "'; DROP TABLE record; --",
                    "NEAR(hello world)",
                    "^hello -world",
                    "\uD83D\uDE00 hello",
                    "%_\\"
                })
        void isNeverSyntax(String text) {
            memory.record(discovery("say hello world"));
            memory.record(discovery("title and not near drop table record hello world"));
            Page page = memory.query(text).page();
            for (Hit hit : page) {
                assertTrue(hit.receipt().verify(memory.verifier()).holds());
            }
            assertEquals(text.startsWith("say"), titles(page).equals(List.of("say hello world")));
            assertFalse(page.cut());
            memory.verifyAudit().orThrow();
        }

        @Test
        void isRefusedIfItIsTooMuch() {
            String words = "w ".repeat(Search.MAX_WORDS + 1);
            assertThrows(IllegalArgumentException.class, () -> memory.query(words));
            String letters = "w".repeat(Search.MAX_TEXT + 1);
            assertThrows(IllegalArgumentException.class, () -> memory.query(letters));
        }

        @Test
        void isSyntaxOnlyInAnExpression() {
            memory.record(discovery("hello world"));
            memory.record(discovery("hello moon"));
            assertEquals(List.of("hello moon"), titles(memory.query(Search.expression("hello NOT world"))));
            Query malformed = memory.query(Search.expression("hello NOT ("));
            String message = assertThrows(IllegalArgumentException.class, malformed::page)
                    .getMessage();
            assertTrue(message.contains("not in the syntax"), message);
        }

        @Test
        void asACursorIsRefused() {
            memory.record(discovery("hello"));
            for (String cursor : List.of("", "x", "'", "AAAA")) {
                Query query = memory.query("hello").after(cursor);
                assertThrows(IllegalArgumentException.class, query::page, cursor);
            }
        }
    }

    @Nested
    class Timelines {

        @Test
        void followTheClockThoughItJumpsBack() {
            long[] seconds = {100, 50, 50, 200, 0};
            for (int i = 0; i < seconds.length; i++) {
                now = NOON.plusSeconds(seconds[i]);
                memory.record(discovery("record " + i).component(i % 2 == 0 ? "even" : "odd"));
            }
            assertEquals(
                    List.of("record 4", "record 1", "record 2", "record 0", "record 3"),
                    memory.timeline(Timeline.all()).map(Hit::title).toList());
            assertEquals(
                    List.of("record 2", "record 0"),
                    memory.timeline(Timeline.all()
                                    .component("even")
                                    .since(NOON.plusSeconds(50))
                                    .until(NOON.plusSeconds(200)))
                            .map(hit -> hit.receipt().record().title())
                            .toList());
            assertEquals(
                    List.of(0L, 1L, 2L, 3L, 4L),
                    memory.timeline().map(record -> record.predicate().seq()).toList());
            memory.verifyAudit().orThrow();
        }

        @Test
        void tellWhichComponentsThereAre() {
            memory.record(discovery("a").component("b"));
            now = NOON.plusSeconds(9);
            memory.record(discovery("b").component("a"));
            memory.record(discovery("c").component("b"));
            memory.record(discovery("of none"));
            List<ComponentActivity> components =
                    memory.namespace("main").components(Timeline.all()).toList();
            assertEquals(
                    List.of("a", "b"),
                    components.stream().map(ComponentActivity::component).toList());
            assertEquals(
                    List.of(1L, 2L),
                    components.stream().map(ComponentActivity::records).toList());
            assertEquals(NOON, components.get(1).first());
            assertEquals(now, components.get(1).last());
            assertEquals(
                    List.of("b"),
                    memory.namespace("main")
                            .components(Timeline.all().until(now))
                            .map(ComponentActivity::component)
                            .toList());
        }
    }
}
