package io.vaultmesh.remembrancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.remembrancer.index.Search;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Erasure;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.Link;
import io.vaultmesh.remembrancer.memory.Memory;
import io.vaultmesh.remembrancer.memory.MemoryDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BadInputTest extends MemoryFixture {

    private String refused(Remembrancer memory, Memory<?> bad) {
        String message =
                assertThrows(RuntimeException.class, () -> memory.record(bad)).getMessage();
        assertEquals(0, memory.timeline().count());
        return message;
    }

    @Test
    void isRefusedAndLeavesTheMemoryAsItWas() {
        try (Remembrancer memory = open()) {
            assertTrue(refused(memory, Deployment.of("ledger", "1.0")).contains("expected at least one artifact"));
            assertTrue(refused(memory, discovery("x").attribute("long", "y".repeat(65_536)))
                    .contains("expected at most 65535"));
            String megabyte = refused(memory, discovery("x".repeat(1 << 20)).key("k"));
            assertTrue(megabyte.contains("expected at most 65535") && megabyte.length() < 300, megabyte);
            Hash nowhere = Hashing.sha256(new byte[0]);
            assertTrue(refused(memory, discovery("x").link(Link.Rel.AMENDS, nowhere))
                    .contains(nowhere.toString()));
            assertThrows(IllegalArgumentException.class, () -> Discovery.of("x", "half a pair \uD800"));
            assertTrue(refused(memory, discovery("x").key("half a pair \uD800")).contains("half a surrogate pair"));
            assertThrows(IllegalArgumentException.class, () -> discovery("two\nlines"));
            assertThrows(
                    IllegalStateException.class, () -> discovery("x").key("a").key("b"));
            memory.record(discovery("still works"));
            memory.verifyAudit().orThrow();
        }
    }

    @Test
    void halfASurrogatePairIsRefusedByTheNameOfItsField() {
        String half = "half \uD800 of a pair";
        Map<String, Supplier<Memory<?>>> fields = new LinkedHashMap<>();
        fields.put("title ", () -> discovery(half));
        fields.put("component ", () -> discovery("x").component(half));
        fields.put("version ", () -> Deployment.of("ledger", half));
        fields.put("attribute \"region\" ", () -> discovery("x").attribute("region", half));
        fields.put("the name of an attribute ", () -> discovery("x").attribute(half, 1));
        fields.put("name of evidence ", () -> discovery("x").evidence(half, Hashing.sha256(new byte[0])));
        fields.put("reason ", () -> Erasure.of(Hashing.sha256(new byte[0]), Hashing.sha256(new byte[0]), half));
        fields.put("artifact ", () -> Deployment.of("ledger", "1").artifact(half, Hashing.sha256(new byte[0])));
        fields.forEach((field, memory) -> {
            String message = assertThrows(IllegalArgumentException.class, memory::get, field)
                    .getMessage();
            assertTrue(message.startsWith(field) && message.contains("half a surrogate pair"), message);
        });
        assertEquals("whole \uD83D\uDE80", discovery("whole \uD83D\uDE80").title());
    }

    @Test
    void whatIsNullOrNoPlaceIsNamed() {
        try (Remembrancer memory = open();
                MemoryReader reader = Remembrancer.read(path())) {
            for (Executable nothing :
                    List.<Executable>of(() -> memory.namespace(nil()), () -> reader.namespace(nil()))) {
                assertEquals(
                        "name",
                        assertThrows(NullPointerException.class, nothing).getMessage());
            }
            assertEquals(
                    "target",
                    assertThrows(NullPointerException.class, () -> memory.backup(nil()))
                            .getMessage());
            String message = assertThrows(IllegalArgumentException.class, () -> memory.backup(Path.of("/")))
                    .getMessage();
            assertTrue(message.startsWith("target is /, expected "), message);
        }
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // as a caller without null checks would
    private static <T> T nil() {
        return null;
    }

    @Test
    void aNamespaceThatTheFileSystemCannotNameIsRefused() throws IOException {
        String part = "p".repeat(62);
        String longest = String.join(":", part, part, part, "p".repeat(56));
        try (Remembrancer memory = open()) {
            memory.namespace(longest).record(discovery("fits"));
            String message = assertThrows(IllegalArgumentException.class, () -> memory.namespace(longest + "q"))
                    .getMessage();
            assertTrue(message.contains("of 246 characters, expected at most 245"), message);
            memory.verifyAudit().orThrow();
            memory.backup(directory.resolve("copy"));
        }
        assertEquals(List.of("main", longest.replace(':', '~')), names(path().resolve("namespaces")));
    }

    @Test
    void messagesAreShort() {
        String lengthy = "k".repeat(10_000);
        try (Remembrancer memory = open()) {
            memory.record(discovery("t".repeat(10_000)).key(lengthy));
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> memory.record(discovery("other").key(lengthy)))
                    .getMessage();
            assertTrue(message.startsWith("key \"kkkkk") && message.length() < 500, message);
            message = assertThrows(
                            IllegalStateException.class,
                            () -> discovery("x").attribute("replicas", 3).attribute("replicas", 4))
                    .getMessage();
            assertEquals("attribute replicas is already set to 3", message);
            message = assertThrows(
                            IllegalStateException.class,
                            () -> discovery("x").attribute("region", "eu").attribute("region", true))
                    .getMessage();
            assertEquals("attribute region is already set to \"eu\"", message);
        }
    }

    @Test
    void aKindThatIsNamedTwiceCountsOnce() {
        try (Remembrancer memory = open()) {
            memory.record(discovery("found"));
            memory.record(deployment());
            assertEquals(
                    1,
                    memory.query(Search.all())
                            .kinds(Kind.DISCOVERY, Kind.DISCOVERY)
                            .page()
                            .matches());
        }
    }

    @Test
    void aSecondOpenerIsRefused() {
        try (Remembrancer memory = open()) {
            String message =
                    assertThrows(IllegalStateException.class, this::open).getMessage();
            assertTrue(message.contains("already open"), message);
            memory.record(deployment());
        }
    }

    @Test
    void aSecondProcessIsRefused() {
        try (Remembrancer memory = open()) {
            OutsideProgram.Result second = OutsideProgram.java()
                    .run(
                            directory,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Opener.class.getName(),
                            path().toString());
            assertEquals(1, second.exit(), second.toString());
            assertTrue(second.err().contains("already open for writing"), second.toString());
            memory.record(deployment());
        }
    }

    @Test
    void aDirectoryWithSomethingElseIsRefusedUntouched() throws IOException {
        Files.createDirectories(path());
        Files.writeString(path().resolve("notes.txt"), "mine");
        String message =
                assertThrows(IllegalArgumentException.class, this::open).getMessage();
        assertTrue(message.contains("notes.txt") && message.contains("expected a memory"), message);
        assertEquals(List.of("notes.txt"), names(path()));
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertThrows(IllegalArgumentException.class, () -> Remembrancer.open(file));
        assertThrows(
                IllegalArgumentException.class,
                () -> Remembrancer.builder(directory.resolve("none"))
                        .mustExist()
                        .open());
        assertFalse(Files.exists(directory.resolve("none")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "author", "witness", "transport"})
    void aMissingKeyIsNamedAndNotReplaced(String role) throws IOException {
        open().close();
        Path key = path().resolve("keys/" + role + ".key");
        byte[] content = Files.readAllBytes(key);
        Files.delete(key);
        String message = assertThrows(MemoryDamagedException.class, this::open).getMessage();
        assertTrue(message.contains(key.toString()) && message.contains("missing"), message);
        assertFalse(Files.exists(key));
        Files.write(key, content);
        open().close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"log", "author"})
    void anExchangedKeyIsRefused(String role) throws IOException {
        open().close();
        Remembrancer.open(directory.resolve("other")).close();
        Files.copy(
                directory.resolve("other/keys/" + role + ".key"),
                path().resolve("keys/" + role + ".key"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        String message = assertThrows(MemoryDamagedException.class, this::open).getMessage();
        assertTrue(message.startsWith("the " + role + " key is did:key:z6Mk"), message);
    }

    @Test
    void aFormatThatIsNotKnownIsRefused() throws IOException {
        open().close();
        Path file = path().resolve("memory.json");
        Files.writeString(file, Files.readString(file).replace("\"format\":1", "\"format\":2"));
        String message = assertThrows(MemoryDamagedException.class, this::open).getMessage();
        assertTrue(message.contains("format is 2, expected 1"), message);
    }

    @Test
    void aCreationThatWasInterruptedIsFinished() throws IOException {
        open().close();
        Files.move(path().resolve("memory.json"), path().resolve("memory.json.part"));
        try (Remembrancer memory = open()) {
            assertTrue(memory.created());
            memory.record(deployment());
            memory.verifyAudit().orThrow();
        }
    }

    @Test
    void aMemoryFileThatIsGoneIsMissedIfThereAreRecords() throws IOException {
        try (Remembrancer memory = open()) {
            memory.record(deployment());
        }
        Files.move(path().resolve("memory.json"), directory.resolve("aside"));
        for (int i = 0; i < 2; i++) {
            String message =
                    assertThrows(MemoryDamagedException.class, this::open).getMessage();
            assertTrue(message.contains("memory.json is missing"), message);
        }
        Files.move(directory.resolve("aside"), path().resolve("memory.json"));
        open().close();
    }

    @Test
    void aNameIsCheckedAndKept() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Remembrancer.builder(path()).name("No Spaces").open());
        assertFalse(Files.exists(path()), "nothing was made");
        try (Remembrancer memory =
                Remembrancer.builder(path()).name("example.com/memory").open()) {
            assertEquals("example.com/memory/main", memory.verifier().name());
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> Remembrancer.builder(path()).name("example.com/other").open());
    }

    @Test
    void aClosedMemorySaysSo() {
        Remembrancer memory = open();
        memory.close();
        memory.close();
        assertTrue(assertThrows(IllegalStateException.class, () -> memory.record(deployment()))
                .getMessage()
                .contains("closed"));
    }

    /** Opens the memory that its argument names, as another process would. */
    static final class Opener {

        private Opener() {}

        public static void main(String[] args) {
            Remembrancer.open(Path.of(args[0])).close();
        }
    }
}
