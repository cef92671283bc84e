package io.vaultmesh.core.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vaultmesh.core.hash.Hash;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever happens to an index, it says what the log's leaves say. */
class LeafIndexProperties {

    private enum Act {
        ADD_ONE,
        ADD_SOME,
        ADD_AT_ONCE,
        MAINTAIN,
        REOPEN,
        REOPEN_OLDER,
        CRASH,
        CRASH_WHILE_WRITING,
        LOSE_A_FILE,
        DAMAGE_A_FILE
    }

    /** An index, the log that it is of, and the directories that it was in. */
    private static final class Run implements AutoCloseable {

        private final Random random;
        private final Path temp;
        private final int limit;
        private final Leaves leaves = new Leaves();
        private Path directory;
        private int directories;
        private LeafIndex index;

        Run(Path temp, int limit, long seed) {
            this.random = new Random(seed);
            this.temp = temp;
            this.limit = limit;
            this.directory = temp.resolve("0");
            this.index = open();
        }

        private LeafIndex open() {
            return LeafIndex.open(new IndexDirectory(directory, FileOutputStream::new), leaves.size(), leaves, limit);
        }

        /** Often one that was there before, or that begins like another one. */
        private Hash anyHash() {
            long[] prefixes = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, random.nextLong()};
            return Leaves.hash(prefixes[random.nextInt(prefixes.length)], random.nextInt(20));
        }

        private void add(int count) {
            for (int i = 0; i < count; i++) {
                leaves.append(anyHash());
            }
        }

        void act(Act act) throws IOException {
            switch (act) {
                case ADD_ONE -> add(1);
                case ADD_SOME -> add(random.nextInt(2 * limit));
                case ADD_AT_ONCE -> addAtOnce(1 + random.nextInt(3 * limit));
                case MAINTAIN -> index.maintain();
                case REOPEN -> reopen();
                case REOPEN_OLDER -> {
                    leaves.truncate(random.nextInt(leaves.size() + 1));
                    reopen();
                }
                default -> crash(act);
            }
            leaves.addTo(index);
        }

        private void addAtOnce(int count) {
            add(count);
            index.makeRoom(count);
            for (int i = leaves.size() - count; i < leaves.size(); i++) {
                index.add(i, leaves.apply(i));
            }
        }

        private void reopen() {
            index.close();
            index = open();
        }

        /** Goes on with the files as they are, in another directory. */
        private void crash(Act act) throws IOException {
            Path copy = Logs.copy(directory, temp.resolve(Integer.toString(++directories)));
            index.close();
            directory = copy;
            if (act == Act.CRASH_WHILE_WRITING) {
                Files.write(directory.resolve("0-" + (1 + random.nextInt(99)) + ".run.part"), new byte[100]);
            }
            List<String> files = Leaves.files(directory);
            if (act != Act.CRASH && !files.isEmpty()) {
                Path file = directory.resolve(files.get(random.nextInt(files.size())));
                if (act == Act.LOSE_A_FILE) {
                    Files.delete(file);
                } else if (act == Act.DAMAGE_A_FILE) {
                    damage(file);
                }
            }
            index = open();
        }

        private void damage(Path file) throws IOException {
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                long at = (long) (random.nextDouble() * bytes.length());
                if (random.nextInt(4) == 0) {
                    bytes.setLength(at);
                } else {
                    bytes.seek(at);
                    int old = bytes.read();
                    bytes.seek(at);
                    bytes.write(old ^ (1 << random.nextInt(8)));
                }
            }
        }

        void check() {
            List<Hash> others = Stream.generate(this::anyHash).limit(20).toList();
            assertEquals(List.of(), leaves.wrong(index, others));
            assertEquals(leaves.size(), index.size());
        }

        @Override
        public void close() {
            index.close();
        }
    }

    @Property(tries = 150)
    void anIndexSaysWhatAMapOfTheLeavesSays(
            @ForAll @Size(min = 1, max = 16) List<Act> acts,
            @ForAll @IntRange(min = 1, max = 600) int limit,
            @ForAll long seed)
            throws IOException {
        Path temp = Files.createTempDirectory("leaf-index");
        try (Run run = new Run(temp, limit, seed)) {
            for (Act act : acts) {
                run.act(act);
                run.check();
            }
        } finally {
            delete(temp);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
