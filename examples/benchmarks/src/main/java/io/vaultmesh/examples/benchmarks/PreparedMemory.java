package io.vaultmesh.examples.benchmarks;

import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Discovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A memory of discoveries in a thousand components: a title of six words, one of ten thousand bodies of forty, two
 * attributes. How often a word is used is in inverse proportion to its rank, as in languages.
 */
enum PreparedMemory implements Prepared {
    /** A thousand memories. */
    A_THOUSAND(1_000),
    /** A million memories. */
    A_MILLION(1_000_000);

    static final int COMPONENTS = 1_000;

    private static final int THREADS = 32;
    private static final int VOCABULARY = 20_000;
    private static final int BODIES =
            10_000; // each in a file of its own; a million files would be the disk's benchmark
    private static final int BODY_WORDS = 40;
    private static final int TITLE_WORDS = 6;
    private static final String[] SYLLABLES = {
        "ba", "do", "fi", "gu", "ka", "lo", "mi", "nu", "pa", "ro", "si", "tu", "ve", "wo", "xi", "za"
    };

    private final int size;

    PreparedMemory(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    @Override
    public String what() {
        return String.format(Locale.ROOT, "a memory of %,d discoveries", size);
    }

    @Override
    public Path in(Path directory) {
        return directory.resolve(size + "-memories");
    }

    Remembrancer open() {
        return Remembrancer.open(directory());
    }

    /** The directory of the log of the only namespace. */
    Path log() {
        return directory().resolve("namespaces/main/log");
    }

    /** The index of the only namespace. */
    Path index() {
        return directory().resolve("namespaces/main/index.db");
    }

    static String component(int number) {
        return "ledger-" + number % COMPONENTS;
    }

    /** The title of a record: the same whenever it is asked for. */
    static List<String> title(int number) {
        return words(BODIES + number, TITLE_WORDS);
    }

    /** The body of a record. */
    static String body(int number) {
        return String.join(" ", words(number % BODIES, BODY_WORDS));
    }

    private static List<String> words(int seed, int count) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(word((int) Math.pow(VOCABULARY, random.nextDouble())));
        }
        return words;
    }

    private static String word(int rank) {
        StringBuilder word = new StringBuilder();
        for (int rest = rank; rest > 0; rest /= SYLLABLES.length) {
            word.append(SYLLABLES[rest % SYLLABLES.length]);
        }
        return word.toString();
    }

    static Discovery discovery(int number) {
        return Discovery.of(String.join(" ", title(number)), body(number))
                .component(component(number))
                .attribute("severity", number % 5)
                .attribute("environment", number % 3 == 0 ? "staging" : "production");
    }

    @Override
    public void build(Path directory) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try (Remembrancer memory = Remembrancer.open(directory)) {
            List<Future<?>> recording = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                recording.add(pool.submit(() -> {
                    for (int number = first; number < size; number += THREADS) {
                        var unused = memory.record(discovery(number));
                    }
                }));
            }
            for (Future<?> each : recording) {
                each.get();
            }
            memory.namespace("main").reindex();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("can't record: " + e.getCause(), e);
        } finally {
            pool.shutdownNow();
        }
    }
}
