package io.vaultmesh.scheduler;

import static io.vaultmesh.scheduler.ConfigEvent.What.LEFT_OUT;
import static io.vaultmesh.scheduler.ConfigEvent.What.LOADED;
import static io.vaultmesh.scheduler.LaneEvent.What.FAILED;
import static io.vaultmesh.scheduler.LaneEvent.What.FINAL;
import static io.vaultmesh.scheduler.LaneEvent.What.INTENDED;
import static io.vaultmesh.scheduler.LaneEvent.What.SUBMITTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.scheduler.anchor.OpenSslTsa;
import io.vaultmesh.scheduler.anchor.ScriptedAnchor;
import io.vaultmesh.scheduler.config.ConfigException;
import io.vaultmesh.scheduler.config.Limits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SchedulerFilesTest {

    @TempDir
    Path directory;

    private FilesFixture files;

    @BeforeEach
    void open() {
        files = new FilesFixture(directory);
        SchedulerFixture.record(files.main, "one");
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Nested
    class Building {

        @Test
        void anchorsWhatTheFilesSay() throws IOException {
            files.lanes("main/fast/file:disk 1h", "main/cold/test:one 1d");
            FilesFixture.write(files.anchors, "{test: {default: {}}, file: {disk: {path: published}}}");
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(
                        List.of(INTENDED, SUBMITTED, FINAL, INTENDED, SUBMITTED, FINAL),
                        scheduler.tick().stream().map(LaneEvent::what).toList());
                assertEquals(
                        List.of(new ConfigEvent(
                                SchedulerFixture.START,
                                LOADED,
                                Optional.of(
                                        scheduler.configuration().orElseThrow().hash()),
                                "2 lanes, 0 namespaces left out")),
                        files.events);
            }
            assertEquals(1, Files.readAllLines(directory.resolve("published")).size());
            assertEquals(1, files.made.get(0).published.size());
        }

        @Test
        void anchorsInARepositoryThatTheFilesName() throws Exception {
            OutsideProgram git = OutsideProgram.require("git");
            var unused = git.run(directory, "init", "--quiet", "--bare", "published.git")
                    .orFail();
            files.lanes("main/fast/git:published 1h");
            FilesFixture.write(files.anchors, "{git: {published: {repository: published.git, branch: checkpoints}}}");
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(3, scheduler.tick().size());
            }
            assertEquals(
                    "1",
                    git.run(directory.resolve("published.git"), "rev-list", "--count", "checkpoints")
                            .orFail()
                            .strip());
        }

        @Test
        void leavesOutWhatCantBeMadeAndSaysSo() {
            files.lanes(
                    "main/fast/test:one 1h", "bad/fast/test:bad 1h", "chain/fast/eip155:1 1h", "odd/fast/test:odd 0s");
            FilesFixture.write(files.anchors, "{test: {one: {}, bad: {url: bad}, odd: {}}}");
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(Set.of("main/fast/test:one"), FilesFixture.lanes(scheduler));
                Configuration configuration = scheduler.configuration().orElseThrow();
                assertEquals(
                        Set.of("bad", "chain", "odd"), configuration.leftOut().keySet());
                assertEquals(
                        "anchors.yaml:1:23: test.bad is refused: java.lang.IllegalStateException: no such place",
                        configuration.leftOut().get("bad"));
                assertEquals(List.of(LOADED, LEFT_OUT, LEFT_OUT, LEFT_OUT), files.happened());
                assertEquals(
                        "1 lanes, 3 namespaces left out", files.events.get(0).detail());
                assertEquals(
                        Set.copyOf(configuration.leftOut().values()),
                        Set.of(
                                files.events.get(1).detail(),
                                files.events.get(2).detail(),
                                files.events.get(3).detail()));
            }
        }

        @Test
        void leavesOutATargetThatIsMadeUnderAnotherName() {
            files.lanes("main/fast/test:one 1h", "other/fast/next:two 1h");
            FilesFixture.write(files.anchors, "{test: {one: {}}, next: {two: {}}}");
            try (Scheduler scheduler = files.builder()
                    .targetType("next", Set.of(), settings -> new ScriptedAnchor("next:three"))
                    .build()) {
                assertEquals(
                        Map.of(
                                "other",
                                "anchors.yaml:1:31: next.two is refused: it was made under the name next:three, expected"
                                        + " next:two"),
                        scheduler.configuration().orElseThrow().leftOut());
            }
        }

        @Test
        void throwsWhatIsWrongWithTheFilesAndLocksNothing() {
            assertThrows(UncheckedIOException.class, () -> files.builder().build());
            files.lanes("main/slow/test:one 1h");
            assertThrows(ConfigException.class, () -> files.builder().build());
            files.lanes("main/fast/btc:mainnet 1h");
            assertEquals(
                    "namespaces.yaml:1:1: the file leaves nothing to anchor, expected at least one namespace; left out:"
                            + " namespaces.yaml:1:58: namespaces.main.cadence.fast.target is \"btc:mainnet\": nobody"
                            + " registered targets of type btc, expected one of file, git, rfc3161, test",
                    assertThrows(ConfigException.class, () -> files.builder().build())
                            .getMessage());
            files.lanes("main/fast/test:one 1h");
            assertThrows(
                    IllegalStateException.class,
                    () -> files.builder().limits("test:one", Limits.DEFAULT).build());
            assertThrows(IllegalStateException.class, () -> files.builder().files(directory, directory));
            assertThrows(
                    IllegalStateException.class,
                    () -> files.builder().targetType("test", Set.of(), settings -> new ScriptedAnchor("a:b")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> files.builder().targetType("a", Set.of(), settings -> new ScriptedAnchor("a:b")));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> files.builder().targetType("one:two", Set.of(), settings -> new ScriptedAnchor("a:b")));
            assertThrows(IllegalStateException.class, () -> files.builder().environment(name -> Optional.empty()));
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(1, scheduler.lanes().size());
            }
        }

        @Test
        void isIdentifiedByTheHashesThatOpensslFinds() {
            files.lanes("main/fast/test:one 1h");
            OutsideProgram openssl = OutsideProgram.require("openssl");
            StringBuilder hex = new StringBuilder();
            for (Path file : List.of(files.namespaces, files.anchors)) {
                hex.append(
                        openssl.run(directory, "dgst", "-sha256", "-r", file.toString())
                                .orFail(),
                        0,
                        64);
            }
            try (Scheduler scheduler = files.builder().build()) {
                assertEquals(
                        Hashing.sha256(HexFormat.of().parseHex(hex)),
                        scheduler.configuration().orElseThrow().hash());
            }
        }
    }

    /** An authority that OpenSSL runs. */
    @Nested
    class Rfc3161 {

        @TempDir
        static Path authority;

        private static OpenSslTsa tsa;

        @BeforeAll
        static void serve() throws IOException {
            tsa = new OpenSslTsa(authority);
        }

        @AfterAll
        static void stop() {
            tsa.close();
        }

        private List<LaneEvent.What> tick(String policy) throws IOException {
            return tick(policy, "${TSA_URL}");
        }

        private List<LaneEvent.What> tick(String policy, String url) throws IOException {
            files.fixture.now = Instant.now();
            files.lanes("main/cold/rfc3161:tsa 1d");
            files.environment.put("TSA_URL", tsa.uri().toString());
            files.environment.put("TSA_POLICY_OID", policy);
            FilesFixture.write(
                    files.anchors,
                    "rfc3161:\n  default:\n    url: " + url + "\n    policyOID: ${TSA_POLICY_OID:-\"\"}\n"
                            + "    trustBundle: bundle.pem\n");
            String root = Files.readString(authority.resolve("root.pem"));
            FilesFixture.write(directory.resolve("bundle.pem"), "the one, and again\n" + root + root);
            try (Scheduler scheduler = files.builder().build()) {
                return scheduler.tick().stream().map(LaneEvent::what).toList();
            }
        }

        @Test
        void isAskedAsTheFileSays() throws IOException {
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick(""));
        }

        @Test
        void isTheNextOfItsListIfTheFirstFails() throws IOException {
            assertEquals(List.of(INTENDED, SUBMITTED, FINAL), tick("", "[\"http://localhost:1/tsr\", \"${TSA_URL}\"]"));
        }

        @Test
        void isNamedOnceWithoutShowingIt() {
            files.lanes("main/cold/rfc3161:tsa 1d", "test/fast/test:one 1h");
            FilesFixture.write(
                    files.anchors,
                    "{test: {default: {}}, rfc3161: {tsa: {url: [\"${A}\", \"${B}\"], trustBundle: bundle.pem}}}");
            FilesFixture.write(directory.resolve("bundle.pem"), root());
            files.environment.put("A", "https://s3cret.example/");
            files.environment.put("B", "https://s3cret.example/");
            try (Scheduler scheduler = files.builder().build()) {
                String reason =
                        scheduler.configuration().orElseThrow().leftOut().get("main");
                assertTrue(reason.endsWith("rfc3161.tsa.url.1 is \"${B}\": expected each URL once"), reason);
            }
        }

        private static String root() {
            try {
                return Files.readString(authority.resolve("root.pem"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void countsUnderThePolicyOfTheFileAlone() throws IOException {
            assertEquals(List.of(INTENDED, FAILED), tick("1.3.6.1.4.1.99999.1.2"));
        }

        @Test
        void withoutWhatItNeedsIsLeftOut() {
            files.lanes("main/cold/rfc3161:tsa 1d", "test/fast/test:one 1h");
            String[][] cases = {
                {"url: x, trustBundle: none.pem", "rfc3161.tsa is refused: can't read " + directory + "/none.pem: "},
                {"url: x, trustBundle: anchors.yaml", "has no certificate in PEM, expected at least one"},
                {"url: x", "rfc3161.tsa has no value of trustBundle, expected one"},
                {"trustBundle: [a, b]", "rfc3161.tsa.trustBundle.1 is one more value of trustBundle, expected one"},
            };
            for (String[] each : cases) {
                FilesFixture.write(files.anchors, "{test: {default: {}}, rfc3161: {tsa: {" + each[0] + "}}}");
                try (Scheduler scheduler = files.builder().build()) {
                    String reason =
                            scheduler.configuration().orElseThrow().leftOut().get("main");
                    assertTrue(reason.startsWith("anchors.yaml:1:") && reason.contains(each[1]), reason);
                }
            }
        }

        @Test
        void withAUrlThatIsNoneIsLeftOutWithoutShowingIt() throws IOException {
            files.lanes("main/cold/rfc3161:tsa 1d", "test/fast/test:one 1h");
            FilesFixture.write(
                    files.anchors,
                    "{test: {default: {}}, rfc3161: {tsa: {url: \"${TSA_URL}\", trustBundle: bundle.pem}}}");
            FilesFixture.write(directory.resolve("bundle.pem"), Files.readString(authority.resolve("root.pem")));
            for (String url : List.of(
                    "ftp://s3cret",
                    "s3cret",
                    "https://u:s3cret@x/",
                    "http://x/s3cret#f",
                    "http://x/tsr?s3cret",
                    "http://a b/s3cret")) {
                files.environment.put("TSA_URL", url);
                try (Scheduler scheduler = files.builder().build()) {
                    String reason =
                            scheduler.configuration().orElseThrow().leftOut().get("main");
                    assertTrue(reason.startsWith("anchors.yaml:1:44: rfc3161.tsa.url is \"${TSA_URL}\": "), reason);
                    assertTrue(!reason.contains("s3cret"), reason);
                }
            }
        }
    }
}
