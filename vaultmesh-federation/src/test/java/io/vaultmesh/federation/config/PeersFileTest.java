package io.vaultmesh.federation.config;

import static io.vaultmesh.federation.config.ConfigFixture.copy;
import static io.vaultmesh.federation.config.ConfigFixture.id;
import static io.vaultmesh.federation.config.ConfigFixture.key;
import static io.vaultmesh.federation.config.ConfigFixture.refusal;
import static io.vaultmesh.federation.config.ConfigFixture.resource;
import static io.vaultmesh.federation.config.ConfigFixture.write;
import static io.vaultmesh.federation.peer.Role.ANNOUNCE;
import static io.vaultmesh.federation.peer.Role.PUSH;
import static io.vaultmesh.federation.peer.Role.REQUEST;
import static io.vaultmesh.federation.peer.Role.SERVE;
import static io.vaultmesh.federation.peer.Role.WITNESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.federation.peer.Peer;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeersFileTest {

    private static final NamespaceName DAO = new NamespaceName("dao:vaultmesh");
    private static final NamespaceName FIN = new NamespaceName("fin:clearing");
    private static final Peer BEA = Peer.at("https://peer-b.example:8088")
            .identity(id(1))
            .roles(ANNOUNCE, SERVE, REQUEST, PUSH, WITNESS)
            .namespaces(Set.of(DAO, FIN))
            .log(DAO, NoteVerifier.ed25519("peer-b.example/dao~vaultmesh", key(1)));
    private static final Peer CAL = Peer.of(id(2)).roles(REQUEST).namespaces("dao:vaultmesh");

    @TempDir
    Path directory;

    private Path file;
    private PeersFile peers;

    @BeforeEach
    void name() {
        file = directory.resolve("peers.yaml");
        peers = PeersFile.at(file);
    }

    /** As values: a verifier is known by its text. */
    static Map<String, Object> values(Peer peer) {
        Map<String, Object> values = new HashMap<>();
        values.put("peer", new Peer(peer.id(), peer.address(), peer.roles(), peer.namespaces(), Map.of()));
        peer.logs().forEach((name, log) -> values.put(name.value(), log.toText()));
        return values;
    }

    static void assertPeers(List<Peer> expected, List<Peer> seen) {
        assertEquals(
                expected.stream().map(PeersFileTest::values).toList(),
                seen.stream().map(PeersFileTest::values).toList());
    }

    private String refused(String yaml) {
        write(file, yaml);
        return refusal(() -> peers.read().size());
    }

    private List<String> names() throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    @Nested
    class Reading {
        @Test
        void givesThePeersInTheirOrder() {
            copy("ours/peers.yaml", directory);
            assertPeers(List.of(BEA, CAL), peers.read());
        }

        @Test
        void givesNoneIfThereAreNone() {
            write(file, "format: 1\npeers: []\n");
            assertEquals(List.of(), peers.read());
        }

        @Test
        void leavesWhatIsNotAllowedDenied() {
            write(file, "format: 1\npeers: [{identity: \"" + id(3) + "\", roles: [], namespaces: []}]\n");
            assertEquals(List.of(Peer.of(id(3))), peers.read());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "format: 1|format: 2|1:9: format is \"2\": expected 1",
                    "format: 1|# none|2:1: format is absent, expected for example \"format: 1\"",
                    "peers:|peer:|2:1: \"peer\" is unknown, expected format, peers",
                    "identity|identiy|3:5: peers[0].\"identiy\" is unknown, expected identity, address, roles,",
                    "z6MktNWX|z6MktNWY|3:15: peers[0].identity is \"did:key:z6MktNWY",
                    "https:|ftp:|4:14: peers[0].address is \"ftp://peer-b.example:8088\": address is ftp:",
                    "8088|8088/fed|4:14: peers[0].address is \"https://peer-b.example:8088/fed\": address is",
                    "announce|anounce|5:13: peers[0].roles[0] is \"anounce\": expected announce, serve, request, push,",
                    "announce|ANNOUNCE|5:13: peers[0].roles[0] is \"ANNOUNCE\": expected announce, serve, request,",
                    "serve|announce|5:23: peers[0].roles has \"announce\" twice",
                    "dao:vaultmesh|dao|0:0: ",
                    "+82be064a|+82be064b|8:24: peers[0].logs.dao:vaultmesh is \"peer-b.example/dao~vaultmesh+82be064b",
                    "logs|log|7:5: peers[0].\"log\" is unknown, expected identity, address, roles, namespaces, logs"
                })
        void refusesWhatIsNotRight(String text, String other, String message) {
            String changed = resource("ours/peers.yaml").replaceFirst(Pattern.quote(text), other);
            if (message.startsWith("0:0")) {
                write(file, changed); // which is right, so that the rows above differ by what they change alone
                assertEquals(2, peers.read().size());
                return;
            }
            String refused = refused(changed);
            assertTrue(refused.startsWith("peers.yaml:" + message), refused);
        }

        @Test
        void refusesAPeerThatIsThereTwice() {
            String yaml = resource("ours/peers.yaml").replace(id(2).did(), id(1).did());
            assertEquals("peers.yaml:9:5: peer " + id(1) + " is there twice", refused(yaml));
        }

        @Test
        void refusesAListThatIsNone() {
            assertEquals("peers.yaml:2:8: peers is a mapping, expected a list", refused("format: 1\npeers: {}\n"));
            assertEquals("peers.yaml:2:9: peers[0] is \"x\", expected a mapping", refused("format: 1\npeers: [x]\n"));
            assertEquals("peers.yaml:1:1: the file is a list, expected a mapping", refused("[]\n"));
        }

        @Test
        void failsIfThereIsNoFile() {
            assertThrows(UncheckedIOException.class, () -> peers.read().size());
        }
    }

    @Nested
    class TheOriginals {
        private final String original = resource("original/peers.yaml");

        @BeforeEach
        void besideTheNamespaces() {
            copy("original/federation.yaml", directory);
        }

        @Test
        void giveTheSameAsOurs() {
            write(file, original);
            assertPeers(
                    List.of(
                            Peer.at("https://node-b.example:8088")
                                    .identity(id(1))
                                    .roles(ANNOUNCE, SERVE, REQUEST)
                                    .namespaces(Set.of(DAO)),
                            Peer.at("https://node-c.example:8088")
                                    .identity(id(2))
                                    .roles(ANNOUNCE, SERVE, REQUEST)
                                    .namespaces(Set.of(DAO, FIN))),
                    peers.read());
        }

        @Test
        void tellTheKeyInBase64Too() {
            write(
                    file,
                    original.replaceFirst(
                            "ed25519:[0-9a-f]{64}", "ed25519:zswVB9wd3XKVlRwpCIjwla25BE0bc9aW5t8GXWg71Pw="));
            assertEquals(id(1), peers.read().get(0).id());
        }

        @Test
        void tellTheKeyByTheNameIfThatIsOne() {
            write(directory.resolve("federation.yaml"), "mesh: {}\nnamespaces: {a: {peers: [\"" + id(3) + "\"]}}\n");
            write(file, "peers: [{did: \"" + id(3) + "\", url: \"http://c:1\", roles: [serve]}]\n");
            assertEquals(
                    List.of(Peer.at("http://c:1").identity(id(3)).roles(SERVE).namespaces("a")), peers.read());
        }

        @Test
        void needALineWithTheKeyWhereTheyTellNone() {
            assertEquals(
                    "peers.yaml:7:5: peer \"did:vm:node:node-c\" has no key, by which alone it is known here, expected the line"
                            + " \"identity: did:key:z6Mk…\" below \"did\"",
                    refused(original.replaceFirst("(?m)^ *identity.*\\n", "")));
        }

        @ParameterizedTest
        @CsvSource({"REPLACE_ME", "z6MktNWXFy7fn9kNfwfvD9e2rDK3RPetS4MRKtZH8AxQzg9y", "00", "''"})
        void guessNoKey(String other) {
            String refused = refused(original.replaceFirst("ed25519:[0-9a-f]{64}", "ed25519:" + other));
            assertTrue(
                    refused.startsWith(
                            "peers.yaml:6:15: peers[0].keys.verify is \"ed25519:" + other + "\": expected ed25519:"),
                    refused);
        }

        @Test
        void takeNoKeyOfAnotherKind() {
            String refused = refused(original.replaceFirst("ed25519:", "ed25520:"));
            assertTrue(refused.contains("keys.verify is \"ed25520:"), refused);
        }

        @Test
        void takeNoUnsoundKey() {
            String refused = refused(original.replaceFirst("ed25519:[0-9a-f]{64}", "ed25519:" + "0".repeat(64)));
            assertTrue(refused.startsWith("peers.yaml:6:15: peers[0].keys.verify is "), refused);
        }

        @Test
        void takeNoneOfTwoKeys() {
            String refused = refused(original.replaceFirst("    keys:", "    identity: \"" + id(3) + "\"\n    keys:"));
            assertEquals(
                    "peers.yaml:2:5: peer \"did:vm:node:node-b\" has different keys, expected one: " + id(3) + ", "
                            + id(1),
                    refused);
        }

        @Test
        void needANamespaceFromTheFileBesideOrALine() throws IOException {
            String message =
                    "peers.yaml:2:5: peer \"did:vm:node:node-b\" is in no namespace of federation.yaml beside this"
                            + " file, expected it there, or the line \"namespaces: [dao:vaultmesh]\" below \"did\"";
            Files.delete(directory.resolve("federation.yaml"));
            assertEquals(message, refused(original));
            copy("ours/federation.yaml", directory);
            assertEquals(message, refused(original));
            write(file, original.replaceAll("(?m)^    url", "    namespaces: [x]\n    url"));
            assertEquals(
                    List.of(Set.of(new NamespaceName("x")), Set.of(new NamespaceName("x"))),
                    peers.read().stream().map(Peer::namespaces).toList());
        }

        @Test
        void areNotChangedIntoWhatTheOriginalDoesNotRead() throws IOException {
            write(file, original);
            String message =
                    "peers.yaml:1:1: the file is in the original's form, which is read only, expected ours: have each of"
                            + " its peers join another file";
            assertEquals(message, refusal(() -> peers.join(BEA)));
            assertEquals(message, refusal(() -> peers.leave(id(1))));
            assertEquals(original, Files.readString(file));
            PeersFile ours = PeersFile.at(directory.resolve("ours.yaml"));
            peers.read().forEach(ours::join);
            assertPeers(peers.read(), ours.read());
        }
    }

    @Nested
    class Joining {
        @Test
        void createsTheFile() throws IOException {
            peers.join(BEA);
            peers.join(CAL);
            assertPeers(List.of(BEA, CAL), peers.read());
            assertEquals(List.of(".peers.yaml.lock", "peers.yaml"), names());
            assertTrue(Files.readString(file).startsWith("# Peers of this node"));
        }

        @Test
        void putsAPeerInThePlaceOfWhatItWas() {
            copy("ours/peers.yaml", directory);
            Peer moved =
                    Peer.at("http://[::1]:9000").identity(id(1)).roles(SERVE).namespaces("fin:clearing");
            peers.join(moved);
            assertPeers(List.of(moved, CAL), peers.read());
        }

        @Test
        void keepsWhatIsThere() {
            copy("ours/peers.yaml", directory);
            Peer third = Peer.of(id(3));
            peers.join(third);
            assertPeers(List.of(BEA, CAL, third), peers.read());
        }

        @Test
        void leavesABadFileAlone() throws IOException {
            String bad = resource("ours/peers.yaml") + "peers: []\n";
            write(file, bad);
            assertTrue(refusal(() -> peers.join(CAL)).contains("\"peers\" is there twice"));
            assertEquals(bad, Files.readString(file));
        }

        @Test
        void refusesWhatCouldNotBeReadAgain() throws IOException {
            copy("ours/peers.yaml", directory);
            Peer odd = new Peer(id(3), Optional.of(URI.create("mailto:c@example")), Set.of(), Set.of(), Map.of());
            String message = assertThrows(IllegalArgumentException.class, () -> peers.join(odd))
                    .getMessage();
            assertTrue(message.startsWith("the peers can't be listed: peers:"), message);
            assertEquals(resource("ours/peers.yaml"), Files.readString(file));
        }

        @Test
        void goesNotWhereSomebodysLinkLeads() throws IOException {
            Path victim = write(directory.resolve("victim"), "precious");
            Files.createSymbolicLink(directory.resolve(".peers.yaml.lock"), victim);
            assertThrows(UncheckedIOException.class, () -> peers.join(BEA));
            Files.delete(directory.resolve(".peers.yaml.lock"));
            Files.createSymbolicLink(directory.resolve(".peers.yaml.part"), victim);
            peers.join(BEA);
            assertEquals("precious", Files.readString(victim));
            Path list = write(directory.resolve("list"), "format: 1\npeers: []\n");
            Files.delete(file);
            Files.createSymbolicLink(file, list);
            peers.join(BEA);
            assertEquals("format: 1\npeers: []\n", Files.readString(list));
            assertFalse(Files.isSymbolicLink(file));
        }

        @Test
        void ofThreadsLosesNone() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Callable<Boolean>> joins = new ArrayList<>();
            IntStream.rangeClosed(1, 20)
                    .forEach(number -> joins.add(() -> {
                        PeersFile.at(file).join(Peer.of(id(number)));
                        return true;
                    }));
            try {
                for (Future<Boolean> join : threads.invokeAll(joins)) {
                    assertTrue(join.get());
                }
            } finally {
                threads.shutdownNow();
            }
            assertEquals(20, peers.read().size());
        }

        @Test
        void ofProcessesLosesNone() throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(2);
            List<Callable<String>> processes = new ArrayList<>();
            for (int first : List.of(1, 11)) {
                processes.add(() -> OutsideProgram.java()
                        .run(
                                directory,
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                JoiningChild.class.getName(),
                                file.toString(),
                                Integer.toString(first))
                        .orFail());
            }
            try {
                for (Future<String> process : threads.invokeAll(processes)) {
                    assertEquals("joined\n", process.get());
                }
            } finally {
                threads.shutdownNow();
            }
            assertEquals(20, peers.read().size());
        }
    }

    @Nested
    class Leaving {
        @Test
        void removesThePeer() {
            copy("ours/peers.yaml", directory);
            peers.leave(id(1));
            assertPeers(List.of(CAL), peers.read());
            peers.leave(id(2));
            assertEquals(List.of(), peers.read());
        }

        @Test
        void ofOneThatIsNotThereNamesThoseThatAre() throws IOException {
            copy("ours/peers.yaml", directory);
            String message = assertThrows(IllegalArgumentException.class, () -> peers.leave(id(3)))
                    .getMessage();
            assertEquals("peer is " + id(3) + ", expected one of [" + id(1) + ", " + id(2) + "]", message);
            assertEquals(resource("ours/peers.yaml"), Files.readString(file));
        }

        @Test
        void ofNobodyCreatesNoFile() {
            assertThrows(IllegalArgumentException.class, () -> peers.leave(id(3)));
            assertFalse(Files.exists(file));
        }
    }

    @Nested
    class OtherReaders {
        private static final String PROGRAM = """
                import json, sys, yaml
                print(json.dumps(yaml.safe_load(open(sys.argv[1], encoding='utf-8'))))
                """;

        @Test
        void findInItWhatWeWrote() throws IOException {
            OutsideProgram python = OutsideProgram.require("python3", "python3-yaml");
            NamespaceName norway = new NamespaceName("no");
            String name = "peer 1".replace(' ', '\u00e9') + "\"\\\ud83d\ude00";
            peers.join(BEA.namespaces("no", "1:30", "010", "null", "dao:vaultmesh")
                    .log(norway, NoteVerifier.ed25519(name, key(2))));
            peers.join(CAL);
            JsonObject seen = StrictJson.parseObject(
                    python.run(directory, "-c", PROGRAM, file.toString())
                            .orFail()
                            .getBytes(StandardCharsets.UTF_8),
                    "peers");
            assertEquals(1, seen.integer("format"));
            JsonObject first = seen.array("peers").objects().get(0);
            assertEquals(id(1).did(), first.string("identity"));
            assertEquals("https://peer-b.example:8088", first.string("address"));
            assertEquals(
                    List.of("announce", "serve", "request", "push", "witness"),
                    first.array("roles").strings());
            assertEquals(
                    List.of("010", "1:30", "dao:vaultmesh", "no", "null"),
                    first.array("namespaces").strings());
            assertEquals(
                    NoteVerifier.ed25519(name, key(2)).toText(),
                    first.object("logs").string("no"));
            assertEquals(id(2).did(), seen.array("peers").objects().get(1).string("identity"));
            assertPeers(List.of(peers.read().get(0), CAL), peers.read());
        }

        @Test
        void haveNothingToSayOfItsStyle() {
            OutsideProgram yamllint = OutsideProgram.require("yamllint");
            peers.join(BEA);
            peers.join(CAL);
            String rules = "{extends: default, rules: {line-length: disable, document-start: disable}}";
            assertEquals(
                    "",
                    yamllint.run(directory, "--strict", "-d", rules, file.toString())
                            .orFail());
        }

        @Test
        void writeWhatWeRead() {
            OutsideProgram python = OutsideProgram.require("python3", "python3-yaml");
            copy("ours/peers.yaml", directory);
            List<Peer> before = peers.read();
            for (String style : List.of("None", "True", "False")) {
                String program = "import sys, yaml\np = sys.argv[1]\nd = yaml.safe_load(open(p))\n"
                        + "yaml.safe_dump(d, open(p, 'w'), default_flow_style=" + style + ")\n";
                assertEquals(
                        "",
                        python.run(directory, "-c", program, file.toString()).orFail());
                assertPeers(before, peers.read());
            }
        }
    }
}
