package io.vaultmesh.federation.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests of the tests: each protection is broken in a copy of its source, which is compiled and put in place of the real
 * class, and some world must then notice.
 */
class BrokenProtectionTest {

    private static final Path SOURCES = Path.of("src/main/java/io/vaultmesh/federation");
    private static final int MOST_WORLDS = 100;

    @TempDir
    Path classes;

    /** All of them, or one, by {@code -Dvaultmesh.protections=all} or its name; else some that are noticed soon. */
    private static final List<String> SOME = List.of("signature check");

    static Stream<Arguments> protections() {
        String which = System.getProperty("vaultmesh.protections", "some");
        boolean all = which.equals("all");
        return Stream.of(PROTECTIONS)
                .map(row -> row.split(" \\| "))
                .filter(row ->
                        all || (which.equals("some") && SOME.contains(row[0].strip())) || which.equals(row[0].strip()))
                .map(row -> Arguments.of(row[0].strip(), row[1], row[2], row[3]));
    }

    private static final String[] PROTECTIONS = {
        "signature check     | merge/InMemoryStore    | Admission.judge(entry, namespace, verifier, policy)  | Admission.judge(entry, namespace, bytes -> io.vaultmesh.remembrancer.memory.MemoryRecord.unverified(bytes), policy)",
        "namespace check     | protocol/Responder     | if (!peer.may(request.operation().role(), request.namespace()))  | if (request.length() < 0)",
        "root check          | protocol/SyncSession   | && theirs.root().equals(exchange.set().root())  | && theirs.size() >= 0",
        "consistency proof   | protocol/SeenLog       | return range.size() == checkpoint.size() && range.root().equals(checkpoint.root())  | return range.size() >= 0",
        "sequence check      | merge/RecordSet        | first.ifPresent(index -> conflict(record, index));  | first.ifPresent(index -> {});",
        "order of conflicts  | merge/Conflict         | ids.stream().distinct().sorted().toList()  | ids.stream().distinct().toList()",
        "asked ids           | protocol/Claims        | if (claim != null && claim.until().isAfter(now) && !yields(claim, peer, now)) {  | if (claim != null && claim.until().isAfter(Instant.MAX)) {",
        "body's hash         | merge/InMemoryBodies   | if (!found.equals(body.digest()))  | if (found.equals(null))",
        "rounds              | protocol/SyncSession   | if (rounds < exchange.limits().rounds()) {  | if (rounds < Integer.MAX_VALUE) {",
        "clock set back      | protocol/ProtocolCore  | if (now.isBefore(last))  | if (now.isBefore(Instant.MIN))",
        "bodies are sought   | protocol/SyncSession   | conversation.finallyDo(fetching::wantBodies);  | conversation.finallyDo(() -> {});",
        "frame limit         | protocol/SyncSession   | byte[] answer = Conversation.contentOf(response, exchange.limits().frame());  | byte[] answer = Conversation.contentOf(response, Integer.MAX_VALUE);",
        "asked frame limit   | protocol/Responder     | if (request.length() > most)  | if (request.length() < 0)",
        "broken promises     | protocol/Claims        | return !claim.peer().equals(peer)  | return claim == null && !claim.peer().equals(peer)",
        "size of bodies      | protocol/Responder     | .filter(rest -> rest.length == 0)  | .filter(rest -> rest.length >= 0)",
        "late answers        | protocol/Link          | return session != null && !now.isBefore(deadline);  | return session != null && now.isBefore(Instant.MIN);"
    };

    @ParameterizedTest(name = "{0}")
    @MethodSource("protections")
    void isNoticed(String protection, String file, String right, String broken) throws Exception {
        Path source = SOURCES.resolve(file.strip() + ".java");
        String text = textWithOne(right, source);
        compile(source, text.replace(right.strip(), broken.strip()));
        Optional<String> noticed = firstNotice();
        assertTrue(noticed.isPresent(), protection + " is broken, and " + MOST_WORLDS + " worlds don't notice");
        System.out.println(protection.strip() + " broken: "
                + noticed.get().lines().findFirst().orElseThrow());
    }

    /** Not all are broken each time the tests run, but all must still be where they are looked for. */
    @Test
    void eachStands() throws IOException {
        for (String row : PROTECTIONS) {
            String[] cells = row.split(" \\| ");
            var unused = textWithOne(cells[2], SOURCES.resolve(cells[1].strip() + ".java"));
        }
    }

    private static String textWithOne(String right, Path source) throws IOException {
        String text = Files.readString(source);
        assertEquals(2, text.split(Pattern.quote(right.strip()), -1).length, source + " has once: " + right);
        return text;
    }

    private void compile(Path source, String text) throws IOException {
        Path copy = classes.resolve(source.getFileName().toString());
        Files.writeString(copy, text);
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages);
        String path = String.join(
                File.pathSeparator,
                System.getProperty("java.class.path"),
                System.getProperty("jdk.module.path", ""),
                "target/classes");
        int status = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(out, out, "-cp", path, "-proc:none", "-nowarn", "-d", classes.toString(), copy.toString());
        assertEquals(0, status, messages::toString);
    }

    /** What the first world that notices says; the federation's classes are loaded anew, the broken one from its copy. */
    private Optional<String> firstNotice() throws Exception {
        Class<?> worlds = new Reloaded(classes).loadClass(Noticing.class.getName());
        try {
            return Optional.ofNullable(
                    (String) worlds.getDeclaredMethod("firstNotice", int.class).invoke(null, MOST_WORLDS));
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static final class Reloaded extends ClassLoader {
        private final Path broken;

        Reloaded(Path broken) {
            super(BrokenProtectionTest.class.getClassLoader());
            this.broken = broken;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("io.vaultmesh.federation.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            String file = name.replace('.', '/') + ".class";
            Path copy = broken.resolve(file);
            try (var original = getParent().getResourceAsStream(file)) {
                if (original == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = Files.exists(copy) ? Files.readAllBytes(copy) : original.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
