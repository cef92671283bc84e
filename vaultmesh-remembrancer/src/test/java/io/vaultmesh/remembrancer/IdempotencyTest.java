package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.Decision;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.receipt.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class IdempotencyTest extends MemoryFixture {

    private static final int THREADS = 32;
    private static final int KEYS = 50;

    /** Runs something in as many threads as are wanted, which begin together. */
    private static <T> List<T> together(int threads, Callable<T> each) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CountDownLatch start = new CountDownLatch(threads);
            List<Future<T>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                running.add(pool.submit(() -> {
                    start.countDown();
                    start.await();
                    return each.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : running) {
                results.add(result.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static Map<Integer, Hash> recordAll(Remembrancer memory, Random order) {
        List<Integer> numbers =
                IntStream.range(0, KEYS).boxed().collect(Collectors.toCollection(ArrayList<Integer>::new));
        Collections.shuffle(numbers, order);
        Map<Integer, Hash> ids = new TreeMap<>();
        for (int number : numbers) {
            Receipt receipt = memory.record(
                    Decision.of("decision " + number, "c", "d", "e").key("key " + number));
            assertTrue(memory.verify(receipt).holds());
            assertEquals("decision " + number, receipt.record().title());
            ids.put(number, receipt.id());
        }
        return ids;
    }

    @Nested
    class UsedByManyThreads {

        @Test
        void recordsOnceAndGivesEverybodyTheReceiptOfThat() throws Exception {
            AtomicInteger told = new AtomicInteger();
            AtomicInteger seed = new AtomicInteger();
            try (Remembrancer memory = open()) {
                memory.onRecord(receipt -> told.incrementAndGet());
                List<Map<Integer, Hash>> all =
                        together(THREADS, () -> recordAll(memory, new Random(seed.incrementAndGet())));
                assertEquals(1, Set.copyOf(all).size());
                assertEquals(KEYS, Set.copyOf(all.get(0).values()).size());
                assertEquals(
                        Set.copyOf(all.get(0).values()),
                        memory.timeline().map(MemoryRecord::id).collect(Collectors.toSet()));
                assertEquals(KEYS, memory.timeline().count());
                assertEquals(KEYS, told.get());
                memory.verifyAudit().orThrow();
            }
        }

        @Test
        void refusesAllButTheFirstContentAndNamesItsRecord() throws Exception {
            AtomicInteger number = new AtomicInteger();
            try (Remembrancer memory = open()) {
                List<String> answers = together(THREADS, () -> {
                    String title = "content " + number.incrementAndGet();
                    try {
                        return memory.record(discovery(title).key("k")).id().toString();
                    } catch (IllegalArgumentException e) {
                        return e.getMessage();
                    }
                });
                MemoryRecord first = memory.timeline().findFirst().orElseThrow();
                assertEquals(1, memory.timeline().count());
                assertEquals(1, Collections.frequency(answers, first.id().toString()));
                for (String answer : answers) {
                    assertTrue(answer.contains(first.id().toString()), answer);
                }
                assertTrue(answers.stream().anyMatch(answer -> answer.contains("\"" + first.title() + "\"")));
            }
        }

        @Test
        void isOfOneNamespace() throws Exception {
            try (Remembrancer memory = open()) {
                Receipt main = memory.record(deployment().key("k"));
                Receipt other = memory.namespace("other").record(deployment().key("k"));
                assertEquals(0, other.index());
                assertEquals(
                        other.id(),
                        memory.namespace("other").record(deployment().key("k")).id());
                assertEquals(main.id(), memory.record(deployment().key("k")).id());
            }
        }
    }

    @Nested
    class UsedByAListener {

        @Test
        void findsTheRecordThatItIsToldOf() {
            List<Hash> found = new ArrayList<>();
            try (Remembrancer memory = open()) {
                memory.onRecord(receipt -> {
                    if (found.isEmpty()) {
                        found.add(memory.record(deployment().key("k")).id());
                    }
                });
                Hash id = memory.record(deployment().key("k")).id();
                assertEquals(List.of(id), found);
                assertEquals(1, memory.timeline().count());
            }
        }

        @Test
        void mayBeAnotherThatIsTakenByThreadsWhoseListenersWantTheFirst() throws Exception {
            try (Remembrancer memory = open()) {
                memory.onRecord(receipt -> {
                    memory.record(discovery("a").key("a"));
                    memory.record(discovery("b").key("b"));
                });
                AtomicInteger number = new AtomicInteger();
                List<Hash> ids = together(8, () -> {
                    String own = number.incrementAndGet() % 2 == 0 ? "a" : "b";
                    return memory.record(discovery(own).key(own)).id();
                });
                assertEquals(2, Set.copyOf(ids).size());
                assertEquals(2, memory.timeline().count());
            }
        }
    }

    @Nested
    class OfACallThatFailed {

        @Test
        void isFreeForTheNext() {
            try (Remembrancer memory = open()) {
                String large = "x".repeat(65_536);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> memory.record(
                                discovery("found").attribute("large", large).key("k")));
                Receipt receipt = memory.record(discovery("found").key("k"));
                assertEquals(0, receipt.index());
                assertEquals(0, receipt.record().predicate().seq());
                assertEquals(
                        receipt.id(), memory.record(discovery("found").key("k")).id());
            }
        }

        @Test
        void isFreeForThoseThatWaitedForIt() throws Exception {
            AtomicInteger number = new AtomicInteger();
            try (Remembrancer memory = open()) {
                List<Optional<Hash>> ids = together(THREADS, () -> {
                    boolean tooLarge = number.incrementAndGet() % 2 == 0;
                    try {
                        return Optional.of(memory.record((tooLarge
                                                ? discovery("found").attribute("large", "x".repeat(65_536))
                                                : discovery("found"))
                                        .key("k"))
                                .id());
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                });
                assertEquals(
                        THREADS / 2, ids.stream().filter(Optional::isPresent).count());
                assertEquals(2, Set.copyOf(ids).size(), "nothing, and the one record");
                assertEquals(1, memory.timeline().count());
            }
        }
    }

    @Nested
    class OfAnEarlierDay {

        private Map<Integer, Hash> recorded() {
            try (Remembrancer memory = open()) {
                return recordAll(memory, new Random(1));
            }
        }

        private void requireKnown(Map<Integer, Hash> ids) {
            try (Remembrancer memory = Remembrancer.open(path())) {
                assertEquals(ids, recordAll(memory, new Random(2)));
                assertEquals(KEYS, memory.timeline().count());
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> memory.record(discovery("other").key("key 7")))
                        .getMessage();
                assertTrue(message.contains(ids.get(7).toString()), message);
            }
        }

        @Test
        void isKnownWhenTheMemoryIsOpenedAgain() {
            requireKnown(recorded());
        }

        @Test
        void isKnownWithoutTheIndex() throws IOException {
            Map<Integer, Hash> ids = recorded();
            Files.delete(path().resolve("namespaces/main/index.db"));
            requireKnown(ids);
        }

        @Test
        void isKnownAfterACrashThatLeftAnOlderIndex() throws IOException {
            Path index = path().resolve("namespaces/main/index.db");
            open().close();
            Path old = Files.copy(index, directory.resolve("old"));
            Map<Integer, Hash> ids = recorded();
            Files.move(old, index, StandardCopyOption.REPLACE_EXISTING);
            requireKnown(ids);
        }

        @Test
        void isNotTakenFromAnIndexThatSaysAnotherRecordHasIt() throws Exception {
            Map<Integer, Hash> ids = recorded();
            try (Connection sqlite =
                            DriverManager.getConnection("jdbc:sqlite:" + path().resolve("namespaces/main/index.db"));
                    Statement statement = sqlite.createStatement()) {
                assertEquals(
                        1,
                        statement.executeUpdate("UPDATE record SET key = (SELECT key FROM record WHERE title ="
                                + " 'decision 7') WHERE idx = (SELECT min(idx) FROM record WHERE title <>"
                                + " 'decision 7')"));
                assertEquals(1, statement.executeUpdate("UPDATE record SET key = NULL WHERE title = 'decision 7'"));
            }
            try (Remembrancer memory = open()) {
                RuntimeException refused = assertThrows(
                        RuntimeException.class,
                        () -> memory.record(
                                Decision.of("decision 7", "c", "d", "e").key("key 7")));
                assertTrue(refused.getMessage().contains("which it has not"), refused.getMessage());
                memory.namespace("main").reindex();
                assertEquals(
                        ids.get(7),
                        memory.record(Decision.of("decision 7", "c", "d", "e").key("key 7"))
                                .id());
            }
        }
    }
}
