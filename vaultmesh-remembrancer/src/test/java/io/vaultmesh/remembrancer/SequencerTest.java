package io.vaultmesh.remembrancer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.log.Appended;
import io.vaultmesh.core.merkle.MerkleTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SequencerTest {

    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");

    private final ExecutorService threads = Executors.newFixedThreadPool(16);
    private final List<String> logged = new ArrayList<>();
    private final AtomicInteger groups = new AtomicInteger();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private synchronized List<Appended> log(List<byte[]> entries) {
        groups.incrementAndGet();
        List<Appended> appended = new ArrayList<>();
        for (byte[] entry : entries) {
            appended.add(new Appended(logged.size(), MerkleTree.leafHash(entry)));
            logged.add(new String(entry, UTF_8));
        }
        return appended;
    }

    private static byte[] numbered(Turn turn) {
        return Long.toString(turn.number()).getBytes(UTF_8);
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    @Test
    void logsInTheOrderOfTheNumbersAndTellsEachThreadItsPlace() throws Exception {
        Sequencer sequencer = new Sequencer(0, () -> NOON, this::log);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            all.add(threads.submit(() -> {
                long[] number = new long[1];
                Appended appended = sequencer.append(turn -> {
                    number[0] = turn.number();
                    Thread.yield();
                    return numbered(turn);
                });
                return appended.index() == number[0];
            }));
        }
        for (Future<Boolean> each : all) {
            assertTrue(each.get());
        }
        assertEquals(numbers(2000), logged);
    }

    @Test
    void beginsWithTheNumberThatItIsGivenAndDatesItThen() {
        Sequencer sequencer = new Sequencer(7, () -> NOON, this::log);
        sequencer.append(turn -> (turn.number() + " " + turn.at()).getBytes(UTF_8));
        assertEquals(List.of("7 2026-01-02T12:00:00Z"), logged);
    }

    @Test
    void logsWhatIsReadyTogether() throws Exception {
        CountDownLatch firstMayGoOn = new CountDownLatch(1);
        Sequencer sequencer = new Sequencer(0, () -> NOON, this::log);
        CountDownLatch made = new CountDownLatch(9);
        List<Future<Appended>> all = new ArrayList<>();
        all.add(threads.submit(() -> sequencer.append(turn -> {
            made.countDown();
            await(firstMayGoOn);
            return numbered(turn);
        })));
        while (made.getCount() == 9) {
            Thread.onSpinWait(); // number 0 is the first one's
        }
        for (int i = 1; i < 9; i++) {
            all.add(threads.submit(() -> sequencer.append(turn -> {
                made.countDown();
                return numbered(turn);
            })));
        }
        made.await();
        assertEquals(List.of(), logged);
        firstMayGoOn.countDown();
        for (Future<Appended> each : all) {
            each.get();
        }
        assertEquals(numbers(9), logged);
        assertTrue(groups.get() < 9, groups + " groups");
    }

    @Test
    void givesTheNumberOfAnEntryThatCameToNothingAgain() throws Exception {
        Sequencer sequencer = new Sequencer(0, () -> NOON, this::log);
        List<Future<Boolean>> all = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            boolean fails = i % 7 == 3;
            all.add(threads.submit(() -> {
                try {
                    sequencer.append(turn -> {
                        Thread.yield();
                        if (fails) {
                            throw new IllegalArgumentException("no entry for " + turn.number());
                        }
                        return numbered(turn);
                    });
                    return !fails;
                } catch (IllegalArgumentException e) {
                    return fails;
                }
            }));
        }
        for (Future<Boolean> each : all) {
            assertTrue(each.get());
        }
        assertEquals(
                numbers((int) IntStream.range(0, 2000).filter(i -> i % 7 != 3).count()), logged);
    }

    @Test
    void tellsEachThreadOfAGroupThatTheDiskRefusedAndGoesOn() throws Exception {
        IOException full = new IOException("No space left on device");
        Sequencer sequencer = new Sequencer(0, () -> NOON, entries -> {
            if (ThreadLocalRandom.current().nextInt(3) == 0) {
                throw new UncheckedIOException("can't write", full);
            }
            return log(entries);
        });
        List<Future<Appended>> all = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            all.add(threads.submit(() -> sequencer.append(SequencerTest::numbered)));
        }
        int refused = 0;
        for (Future<Appended> each : all) {
            try {
                each.get();
            } catch (ExecutionException e) {
                UncheckedIOException cause = (UncheckedIOException) e.getCause();
                assertEquals("can't write", cause.getMessage());
                refused++;
            }
        }
        assertTrue(refused > 0);
        assertEquals(numbers(1000 - refused), logged);
    }

    @Test
    void throwsAnErrorInTheThreadThatLedAndFailsTheOthers() {
        OutOfMemoryError error = new OutOfMemoryError("for the test");
        Sequencer sequencer = new Sequencer(0, () -> NOON, entries -> {
            throw error;
        });
        assertSame(error, assertThrows(OutOfMemoryError.class, () -> sequencer.append(SequencerTest::numbered)));
    }

    @Test
    void keepsAnInterruptForLater() throws Exception {
        Sequencer sequencer = new Sequencer(0, () -> NOON, this::log);
        Future<Boolean> interrupted = threads.submit(() -> {
            Thread.currentThread().interrupt();
            sequencer.append(SequencerTest::numbered);
            return Thread.interrupted();
        });
        assertTrue(interrupted.get());
        assertEquals(numbers(1), logged);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
