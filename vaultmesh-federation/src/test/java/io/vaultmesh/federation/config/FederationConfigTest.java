package io.vaultmesh.federation.config;

import static io.vaultmesh.federation.config.ConfigFixture.copy;
import static io.vaultmesh.federation.config.ConfigFixture.refusal;
import static io.vaultmesh.federation.config.ConfigFixture.resource;
import static io.vaultmesh.federation.config.ConfigFixture.write;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.federation.guard.Quota;
import io.vaultmesh.federation.protocol.BodyMode;
import io.vaultmesh.federation.protocol.Limits;
import io.vaultmesh.federation.protocol.Settings;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FederationConfigTest {

    private static final NamespaceName DAO = new NamespaceName("dao:vaultmesh");
    private static final NamespaceName FIN = new NamespaceName("fin:clearing");
    private static final String LEAST = """
            format: 1
            listen: {host: 127.0.0.1, port: 8088}
            namespaces: [dao:vaultmesh]
            """;

    @TempDir
    Path directory;

    private FederationConfig read(String yaml) {
        return FederationConfig.read(write(directory.resolve("federation.yaml"), yaml));
    }

    private String refused(String yaml) {
        return refusal(() -> read(yaml).listen());
    }

    @Nested
    class Ours {
        @Test
        void saysHowANodeTakesPart() {
            assertEquals(
                    new FederationConfig(
                            new Listen("0.0.0.0", 8088),
                            Set.of("node-a.example:8088"),
                            Optional.of(new Tls(
                                    directory.resolve("node.p12"),
                                    Optional.of(directory.resolve("secrets/node.password")))),
                            new Settings(Limits.DEFAULT, BodyMode.AT_ONCE),
                            Quota.DEFAULT,
                            16,
                            Set.of(DAO, FIN),
                            List.of()),
                    FederationConfig.read(copy("ours/federation.yaml", directory)));
        }

        @Test
        void hasDefaultsForWhatItDoesNotSay() {
            assertEquals(
                    new FederationConfig(
                            new Listen("127.0.0.1", 8088),
                            Set.of("127.0.0.1:8088"),
                            Optional.empty(),
                            new Settings(Limits.DEFAULT, BodyMode.AT_ONCE),
                            Quota.DEFAULT,
                            FederationConfig.CONCURRENT,
                            Set.of(DAO),
                            List.of()),
                    read(LEAST));
        }

        @Test
        void takesEachSettingFromItsOwnKey() {
            FederationConfig config = read(LEAST + """
                    limits: {period: 1h, coalesce: 2m, timeout: 3s, frame: 4KiB, rounds: 5, tail: 6, part: 7, body: 8MiB}
                    quota: {requests-per-second: 0.5, request-burst: 2, bytes-per-second: 3KiB, byte-burst: 4, concurrent: 5}
                    bodies: on-demand
                    """);
            assertEquals(
                    new Limits(
                            Duration.ofHours(1), Duration.ofMinutes(2), Duration.ofSeconds(3), 4096, 5, 6, 7, 8 << 20),
                    config.settings().limits());
            assertEquals(new Quota(0.5, 2, 3072, 4), config.quota());
            assertEquals(5, config.concurrent());
            assertEquals(BodyMode.ON_DEMAND, config.settings().bodies());
        }

        @Test
        void namesItselfInBracketsIfItsAddressIsVersionSix() {
            assertEquals(
                    Set.of("[::1]:8088"),
                    read(LEAST.replace("127.0.0.1", "\"::1\"")).names());
        }

        @Test
        void isWhatTheDocumentationShows() {
            String formats = ConfigFixture.formats();
            assertTrue(formats.contains("```yaml\n" + resource("ours/federation.yaml") + "```"), "federation.yaml");
            assertTrue(formats.contains("```yaml\n" + resource("ours/peers.yaml") + "```"), "peers.yaml");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "perid: 1|4:1: \"perid\" is unknown, expected format, listen, names, tls, limits,",
                    "limits: {perid: 1s}|4:10: limits.\"perid\" is unknown, expected period, coalesce, timeout,",
                    "limits: {period: 30}|4:18: limits.period is \"30\": expected a time such as 200ms, 30s, 5m or 1h",
                    "limits: {period: 030s}|4:18: limits.period is \"030s\": expected a time such as",
                    "limits: {period: 0s}|4:9: limits: period is PT0S, ",
                    "limits: {frame: 100}|4:9: limits: frame is 100, ",
                    "limits: {frame: 010000}|4:17: limits.frame is \"010000\": expected a number of bytes such as",
                    "limits: {frame: 0x2000}|4:17: limits.frame is \"0x2000\": expected a number of bytes such as",
                    "limits: {frame: 3GiB}|4:17: limits.frame is \"3GiB\": expected at most 2147483647 bytes",
                    "limits: {body: 999999999999999GiB}|4:16: limits.body is \"999999999999999GiB\": expected fewer",
                    "limits: {rounds: 1_000}|4:18: limits.rounds is \"1_000\": expected a whole number such as 200",
                    "limits: {rounds: 2147483648}|4:18: limits.rounds is \"2147483648\": expected a whole number such",
                    "limits: {rounds: }|4:17: limits.rounds is empty, expected a text or a number",
                    "limits: {rounds: [1]}|4:18: limits.rounds is a list, expected a text or a number",
                    "limits: [1]|4:9: limits is a list, expected a mapping",
                    "quota: {requests-per-second: 1e3}|4:30: quota.requests-per-second is \"1e3\": expected a number",
                    "quota: {request-burst: 0}|4:8: quota: requestBurst is 0, expected 1 to 1000000",
                    "quota: {concurrent: 0}|4:21: quota.concurrent is \"0\": expected at least 1",
                    "bodies: no|4:9: bodies is \"no\": expected at-once, on-demand, never",
                    "bodies: AT_ONCE|4:9: bodies is \"AT_ONCE\": expected at-once, on-demand, never",
                    "names: node-a.example|4:8: names is \"node-a.example\", expected a list",
                    "names: [Node-a.example]|4:9: names[0] is \"Node-a.example\": expected a host in lower case",
                    "names: [a, a]|4:12: names has \"a\" twice",
                    "tls: {password: secret}|4:6: tls.password is there, but secrets don't belong here, expected",
                    "tls: {password-file: x}|4:6: tls.keystore is absent, expected for example \"keystore: node.p12\"",
                    "tls: {keystore: \"\\0\"}|4:17: tls.keystore is \"�\": "
                })
        void refusesWhatIsNotRight(String line, String message) {
            String refused = refused(LEAST + line + "\n");
            assertTrue(refused.startsWith("federation.yaml:" + message), refused);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "format: 1|format: 2|1:9: format is \"2\": expected 1, which this version knows",
                    "format: 1|format: 01|1:9: format is \"01\": expected 1, which this version knows",
                    "format: 1|# none|2:1: format is absent, expected for example \"format: 1\"",
                    "listen: {host: 127.0.0.1, port: 8088}|# none|1:1: listen is absent, expected for example \"listen: {",
                    "port: 8088|port: 65536|2:9: listen: port is 65536, expected 1 to 65535",
                    "port: 8088|port: 0|2:9: listen: port is 0, expected 1 to 65535",
                    "port: 8088|prt: 8088|2:27: listen.\"prt\" is unknown, expected host, port",
                    "127.0.0.1|a/b|2:9: listen: host is \"a/b\", expected a name or an address",
                    "127.0.0.1|0.0.0.0|1:1: names is absent, and nobody asks for 0.0.0.0:8088, expected what peers ask",
                    "127.0.0.1|\"::\"|1:1: names is absent, and nobody asks for [::]:8088, expected what peers ask",
                    "[dao:vaultmesh]|[Dao]|3:14: namespaces[0] is \"Dao\": namespace is \"Dao\", expected one to four",
                    "[dao:vaultmesh]|[a, a]|3:17: namespaces has \"a\" twice",
                    "[dao:vaultmesh]|{a: b}|3:13: namespaces is a mapping, expected a list"
                })
        void refusesWhatItNeedsIfThatIsNotRight(String line, String other, String message) {
            String refused = refused(LEAST.replace(line, other));
            assertTrue(refused.startsWith("federation.yaml:" + message), refused);
        }

        @Test
        void thatIsAbsentIsNoMatterOfItsForm() {
            assertThrows(
                    UncheckedIOException.class,
                    () -> FederationConfig.read(directory.resolve("absent.yaml"))
                            .listen());
        }
    }

    @Nested
    class TheOriginals {
        private final String original = resource("original/federation.yaml");

        @Test
        void givesTheSameAsOurs() {
            FederationConfig ours = read("""
                    format: 1
                    listen: {host: 127.0.0.1, port: 8088}
                    namespaces: ["dao:vaultmesh", "fin:clearing"]
                    """);
            FederationConfig theirs = read(original);
            assertEquals(
                    new FederationConfig(
                            ours.listen(),
                            ours.names(),
                            ours.tls(),
                            ours.settings(),
                            ours.quota(),
                            ours.concurrent(),
                            ours.namespaces(),
                            theirs.unused()),
                    theirs);
        }

        @Test
        void saysWhatOfItIsNotUsed() {
            String finality = ": what finality an anchor needs is said where it is verified";
            assertEquals(
                    List.of(
                            "mesh.node_id did:vm:node:node-a: a node is named by its transport key",
                            "namespaces.dao:vaultmesh.verify.evm_confirmations 3" + finality,
                            "namespaces.dao:vaultmesh.verify.btc_confirmations 1" + finality,
                            "namespaces.fin:clearing.verify.evm_confirmations 12" + finality,
                            "namespaces.fin:clearing.verify.btc_confirmations 6" + finality),
                    read(original).unused());
            assertEquals(
                    "namespaces.a.limits.max_announce_rate_per_min 60: quota bounds all requests",
                    read("mesh: {listen: {http: 'a:1'}}\n"
                                    + "namespaces: {a: {peers: [], limits: {max_announce_rate_per_min: 60}}}\n")
                            .unused()
                            .get(0));
        }

        @Test
        void needsTheNamesUnderWhichItIsReached() {
            String any = original.replace("127.0.0.1", "0.0.0.0");
            assertEquals(
                    "federation.yaml:1:1: names is absent, and nobody asks for 0.0.0.0:8088, expected what peers ask for,"
                            + " as \"names: [node-a.example:8088]\"",
                    refused(any));
            FederationConfig config = read(any + "names: [node-a.example:8088]\n");
            assertEquals(Set.of("node-a.example:8088"), config.names());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "node_id|node|2:3: mesh.\"node\" is unknown, expected node_id, listen",
                    "127.0.0.1:8088|8088|4:11: mesh.listen.http is \"8088\": expected a host and a port, as 0.0.0.0:8088",
                    "127.0.0.1:8088|a:08088|4:11: mesh.listen.http is \"a:08088\": expected a whole number",
                    "dao:vaultmesh|DAO|6:3: namespaces.key is \"DAO\": namespace is \"DAO\", expected",
                    "evm_confirmations|sol_confirmations|9:7: namespaces.dao:vaultmesh.verify.\"sol_confirmations\" is",
                    "namespaces|spaces|5:1: \"spaces\" is unknown, expected mesh, namespaces, names, tls, limits,"
                })
        void isReadAsStrictly(String text, String other, String message) {
            String refused = refused(original.replaceFirst(text, other));
            assertTrue(refused.startsWith("federation.yaml:" + message), refused);
        }
    }
}
