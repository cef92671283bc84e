package io.vaultmesh.remembrancer.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.remembrancer.memory.Body;
import io.vaultmesh.remembrancer.memory.BodyRef;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyStoreTest {

    private static final String BINARY = "application/octet-stream";

    @TempDir
    Path directory;

    private BodyStore store;

    @BeforeEach
    void open() {
        store = new BodyStore(directory.resolve("bodies"));
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(directory.resolve(name), content);
    }

    private Path placeOf(BodyRef ref) {
        String hex = ref.digest().toString();
        return directory.resolve("bodies").resolve(hex.substring(0, 2)).resolve(hex);
    }

    private byte[] read(BodyRef ref) throws IOException {
        try (InputStream stream = store.open(ref)) {
            return stream.readAllBytes();
        }
    }

    /** Every file of the store but the bodies themselves. */
    private List<Path> leftAside() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("bodies"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().length() != 64)
                    .toList();
        }
    }

    @Test
    void givesBackWhatItKept() throws IOException {
        byte[] bytes = new byte[200_000];
        Arrays.fill(bytes, (byte) 7);
        for (Body body : List.of(
                Body.markdown("# x\n"), Body.text("é"), Body.text(""), Body.file(file("dump.bin", bytes), BINARY))) {
            store.put(body);
            try (InputStream stream = body.open()) {
                assertArrayEquals(stream.readAllBytes(), read(body.ref()));
            }
            assertTrue(store.verify(body.ref()).holds());
            assertEquals(body.size(), Files.size(placeOf(body.ref())));
        }
        assertEquals(List.of(), leftAside());
    }

    @Test
    void keepsAFileThatIsLargerThanTheHeap() throws IOException {
        Path file = directory.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(64 << 20);
        }
        OutsideProgram.Result kept = OutsideProgram.java()
                .run(
                        directory,
                        "-Xmx16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Putter.class.getName(),
                        file.toString());
        assertEquals("", kept.orFail());
        BodyRef ref = Body.file(file, BINARY).ref();
        assertEquals(64 << 20, ref.size());
        assertTrue(store.verify(ref).holds());
    }

    @ParameterizedTest
    @ValueSource(strings = {"changed", "much longer than it was", "short"})
    void refusesABodyThatChangesWhileItIsRead(String now) throws IOException {
        Path file = file("service.log", "at first".substring(0, 7).getBytes(UTF_8));
        Body body = Body.file(file, Body.TEXT);
        Files.writeString(file, now);
        String message =
                assertThrows(IllegalStateException.class, () -> store.put(body)).getMessage();
        assertTrue(
                message.contains(file.toString())
                        && message.contains(body.digest().toString()),
                message);
        String found =
                now.length() > 7 ? "more than 7 bytes" : Body.text(now).digest().toString();
        assertTrue(message.contains(found), message);
        assertFalse(store.has(body.digest()));
        assertEquals(List.of(), leftAside());
    }

    @Test
    void saysThatABodysFileIsGone() throws IOException {
        Path file = file("service.log", new byte[9]);
        Body body = Body.file(file, BINARY);
        Files.delete(file);
        String message =
                assertThrows(UncheckedIOException.class, () -> store.put(body)).getMessage();
        assertTrue(message.contains(file.toString()), message);
        assertEquals(List.of(), leftAside());
    }

    @Test
    void keepsABodyThatManyThreadsPutAtOnce() throws Exception {
        Body body = Body.file(file("x", new byte[300_000]), BINARY);
        int threads = 8;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            CyclicBarrier together = new CyclicBarrier(threads);
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                BodyStore one = i % 2 == 0 ? store : new BodyStore(directory.resolve("bodies"));
                all.add(pool.submit(() -> {
                    together.await();
                    one.put(body);
                    assertTrue(one.verify(body.ref()).holds());
                    return null;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(List.of(), leftAside());
    }

    @Test
    void replacesADamagedBodyByTheRightOne() throws IOException {
        Body body = Body.text("what was recorded");
        store.put(body);
        for (String damage : List.of("what was rec0rded", "what was", "what was recorded and more", "")) {
            Files.writeString(placeOf(body.ref()), damage);
            assertFalse(store.verify(body.ref()).holds(), damage);
            assertThrows(MemoryDamagedException.class, () -> read(body.ref()).clone());
            store.put(body);
            assertEquals("what was recorded", new String(read(body.ref()), UTF_8));
        }
    }

    @Test
    void leavesABodyThatIsThereAlone() throws IOException {
        Body body = Body.text("once");
        store.put(body);
        Object inode = Files.getAttribute(placeOf(body.ref()), "unix:ino");
        store.put(body);
        assertEquals(inode, Files.getAttribute(placeOf(body.ref()), "unix:ino"));
    }

    @Test
    void deletesWhatADeadProcessLeftAside() throws IOException {
        store.deleteUnfinished();
        store.put(Body.text("a"));
        Path part = Files.writeString(directory.resolve("bodies/part/0"), "half a bo");
        BodyStore reopened = new BodyStore(directory.resolve("bodies"));
        reopened.put(Body.text("b"));
        assertEquals(List.of(part), leftAside(), "another's file is left alone");
        reopened.deleteUnfinished();
        assertEquals(List.of(), leftAside());
        assertTrue(reopened.verify(Body.text("a").ref()).holds());
    }

    @Test
    void findsABodyThatIsGoneOrOfAnotherSize() {
        BodyRef ref = Body.text("never put").ref();
        assertEquals(
                "body " + ref.digest() + " is missing",
                store.verify(ref).reason().orElseThrow());
        assertFalse(store.has(ref.digest()));
        store.put(Body.text("never put"));
        BodyRef longer = new BodyRef(ref.digest(), 10, ref.mediaType());
        assertTrue(store.verify(longer).reason().orElseThrow().contains("has 9 bytes, expected 10"));
    }

    @Test
    void verifiesWhateverWayItIsRead() throws IOException {
        Body body = Body.text("0123456789");
        store.put(body);
        try (InputStream stream = store.open(body.ref())) {
            assertEquals('0', stream.read());
            assertEquals(4, stream.skip(4));
            assertFalse(stream.markSupported());
            assertEquals("56789", new String(stream.readAllBytes(), UTF_8));
            assertEquals(0, stream.skip(3));
            assertEquals(-1, stream.read());
        }
        Files.writeString(placeOf(body.ref()), "012345678X");
        try (InputStream stream = store.open(body.ref())) {
            assertEquals(10, stream.readNBytes(10).length);
            assertThrows(MemoryDamagedException.class, stream::read);
        }
        try (InputStream stream = store.open(body.ref())) {
            assertThrows(MemoryDamagedException.class, () -> stream.skipNBytes(11));
        }
        try (InputStream stream = store.open(body.ref())) {
            Files.writeString(placeOf(body.ref()), "0123456789 and it grows while it is read");
            assertThrows(MemoryDamagedException.class, stream::readAllBytes);
        }
    }

    @Test
    void givesTheTextOfBodiesThatPeopleRead() throws IOException {
        Body body = Body.markdown("Grüße, Welt");
        store.put(body);
        assertEquals(Optional.of("Grüße, Welt"), store.text(body.ref(), 1000));
        assertEquals(Optional.of("Grüße, Welt"), store.text(body.ref(), (int) body.size()));
        assertEquals(Optional.of("Gr"), store.text(body.ref(), 3), "half a letter is left out");
        assertEquals(Optional.of(""), store.text(body.ref(), 0));
        assertThrows(IllegalArgumentException.class, () -> store.text(body.ref(), -1));
        Body invalid = Body.file(file("latin1", new byte[] {'a', (byte) 0xE9, 'b'}), "application/ld+json");
        store.put(invalid);
        assertEquals(Optional.of("a\uFFFDb"), store.text(invalid.ref(), 100));
        Body binary = Body.file(file("x.gz", new byte[] {1, 2}), "application/gzip");
        store.put(binary);
        assertEquals(Optional.empty(), store.text(binary.ref(), 100));
    }

    @Test
    void givesNoTextOfADamagedBody() throws IOException {
        BodyRef ref = Body.text("abcd").ref();
        assertEquals(Optional.empty(), store.text(ref, 100));
        store.put(Body.text("abcd"));
        Files.writeString(placeOf(ref), "abcX");
        assertEquals(Optional.empty(), store.text(ref, 100));
        assertEquals(Optional.empty(), store.text(ref, 4), "all of it is read, so it is verified");
        Files.delete(placeOf(ref));
        Files.createDirectory(placeOf(ref));
        assertEquals(Optional.empty(), store.text(ref, 100));
        assertFalse(store.verify(ref).holds());
    }

    @Test
    void deletesForGood() {
        Body body = Body.text("secret");
        assertFalse(store.delete(body.digest()));
        store.put(body);
        assertTrue(store.delete(body.digest()));
        assertFalse(store.has(body.digest()));
        assertFalse(store.delete(body.digest()));
    }

    @Test
    void keepsABodyThoughItsThreadIsInterrupted() throws IOException {
        Body body = Body.file(file("x", new byte[200_000]), BINARY);
        Thread.currentThread().interrupt();
        store.put(body);
        assertTrue(Thread.interrupted());
        assertTrue(store.verify(body.ref()).holds());
    }

    @Test
    void leavesNothingBehindWhenTheDiskIsFull() throws IOException {
        OutsideProgram.Result full = OutsideProgram.require("sh")
                .run(
                        directory,
                        "-c",
                        // a limit on the size of files stops a write as a full disk does; in blocks of 512 or 1024
                        // bytes
                        "ulimit -f 2048; exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        System.getProperty("java.class.path"),
                        Putter.class.getName(),
                        file("large", new byte[4 << 20]).toString());
        assertEquals(0, full.exit(), full.toString());
        assertTrue(full.out().contains("can't keep body of 4194304 bytes"), full.toString());
        assertTrue(full.out().contains("File too large"), full.toString());
        assertEquals(List.of(), leftAside());
        assertTrue(store.verify(Body.text("small").ref()).holds());
    }

    /** Puts the file that its argument names, which the disk refuses, and then a small body. */
    static final class Putter {

        private Putter() {}

        public static void main(String[] args) {
            BodyStore store = new BodyStore(Path.of("bodies"));
            try {
                store.put(Body.file(Path.of(args[0]), BINARY));
            } catch (UncheckedIOException e) {
                System.out.println(e.getMessage());
            }
            store.put(Body.text("small"));
        }
    }
}
