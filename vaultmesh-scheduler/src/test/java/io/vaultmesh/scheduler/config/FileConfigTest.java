package io.vaultmesh.scheduler.config;

import static io.vaultmesh.scheduler.config.ConfigFixture.ANCHORS;
import static io.vaultmesh.scheduler.config.ConfigFixture.NAMESPACES;
import static io.vaultmesh.scheduler.config.ConfigFixture.resource;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileConfigTest {

    private final ConfigFixture fixture = new ConfigFixture();

    private static List<String> lanes(FileConfig config) {
        List<String> lanes = new ArrayList<>();
        config.lanes().forEach((lane, grid) -> lanes.add(lane + " " + grid.period()));
        return lanes;
    }

    /** The one reason for which main is left out. */
    private String leftOut(String namespaces, String anchors) {
        FileConfig config = fixture.parse(namespaces, anchors);
        assertEquals(Set.of("main"), config.leftOut().keySet());
        assertTrue(config.lanes().isEmpty(), config::toString);
        return config.leftOut().get("main");
    }

    @Nested
    class TheOriginalsFiles {

        @Test
        void areReadAsTheyAre() {
            fixture.types.put("eip155", Set.of("rpcUrl", "chainId", "contract", "key", "persist", "confirmations"));
            fixture.types.put("btc", Set.of("rpcUrl", "network", "confirmations"));
            for (String name : List.of("EVM_RPC", "EVM_CHAIN_ID", "EVM_CONTRACT", "EVM_ANCHOR_KEY", "BTC_RPC")) {
                fixture.environment.put(name, "value of " + name);
            }
            fixture.environment.put("TSA_URL", "https://tsa.example/tsr");
            FileConfig config = fixture.parse(resource("original/namespaces.yaml"), resource("original/anchors.yaml"));
            assertEquals(
                    List.of(
                            "dao:vaultmesh/fast/eip155:8453 PT1M29S",
                            "dao:vaultmesh/strong/btc:mainnet PT50M26S",
                            "dao:vaultmesh/cold/rfc3161:tsa PT24H",
                            "fin:clearing/fast/eip155:1 PT2M",
                            "fin:clearing/strong/btc:mainnet PT34M",
                            "fin:clearing/cold/rfc3161:tsa PT12H"),
                    lanes(config));
            assertEquals(Map.of(), config.leftOut());
            TargetSettings chain = config.targets().get("eip155:8453");
            assertEquals(Optional.of("value of EVM_ANCHOR_KEY"), chain.text("key"));
            assertEquals(Optional.of("false"), chain.text("persist"));
            TargetSettings authority = config.targets().get("rfc3161:tsa");
            assertEquals("https://tsa.example/tsr", authority.read("url", url -> url));
            assertEquals(Optional.empty(), authority.text("policyOID"));
            assertEquals(ConfigFixture.DIRECTORY.resolve("certs/tsa-bundle.pem"), authority.file("trustBundle"));
            assertEquals(
                    List.of(
                            "namespaces.yaml:7:7: namespaces.dao:vaultmesh.witnesses is not used: who admits records is the"
                                    + " federation's business",
                            "namespaces.yaml:21:24: namespaces.dao:vaultmesh.cadence.fast.confirmations is not used: when a"
                                    + " target is final is said in anchors.yaml"),
                    List.of(config.unused().get(0), config.unused().get(2)));
            assertEquals(8, config.unused().size());
        }

        @Test
        void leaveOutBothNamespacesWhereNobodyRegisteredTheirChains() {
            FileConfig config = fixture.parse(resource("original/namespaces.yaml"), resource("original/anchors.yaml"));
            assertEquals(
                    Map.of(
                            "dao:vaultmesh",
                            "namespaces.yaml:19:17: namespaces.dao:vaultmesh.cadence.fast.target is \"eip155:8453\": nobody"
                                    + " registered targets of type eip155, expected one of file, rfc3161",
                            "fin:clearing",
                            "namespaces.yaml:38:25: namespaces.fin:clearing.cadence.fast.target is \"eip155:1\": nobody"
                                    + " registered targets of type eip155, expected one of file, rfc3161"),
                    config.leftOut());
        }
    }

    @Nested
    class OurFiles {

        @Test
        void haveCadencesInEitherCase() {
            FileConfig config = fixture.parse(
                    "{namespaces: {main: {cadence: {fast: {every: 89S, target: \"file:a\"},"
                            + " strong: {every: 2*FAST, target: \"file:a\"}}}}}",
                    "{file: {a: {path: b}}}");
            assertEquals(List.of("main/fast/file:a PT1M29S", "main/strong/file:a PT2M58S"), lanes(config));
        }

        @Test
        void areThoseOfTheDocument() throws Exception {
            String formats = Files.readString(Path.of(System.getProperty("module.dir"), "..", "docs", "FORMATS.md"));
            assertTrue(formats.contains("```yaml\n" + resource("ours/namespaces.yaml") + "```"));
            assertTrue(formats.contains("```yaml\n" + resource("ours/anchors.yaml") + "```"));
        }

        @Test
        void mayHaveSeveralTargetsForACadence() {
            fixture.environment.put("ARCHIVE", "/archive");
            FileConfig config = fixture.parse(resource("ours/namespaces.yaml"), resource("ours/anchors.yaml"));
            assertEquals(Map.of(), config.leftOut());
            assertEquals(
                    List.of(
                            "dao:vaultmesh/fast/rfc3161:freetsa PT1M29S",
                            "dao:vaultmesh/strong/file:usb PT50M26S",
                            "dao:vaultmesh/strong/rfc3161:other PT50M26S",
                            "dao:vaultmesh/cold/file:archive PT24H"),
                    lanes(config));
            assertEquals(
                    new Limits(Duration.ofSeconds(10), 5),
                    config.targets().get("rfc3161:freetsa").limits());
            assertEquals(Limits.DEFAULT, config.targets().get("file:usb").limits());
            assertEquals(
                    Path.of("/archive/checkpoints").toAbsolutePath(),
                    config.targets().get("file:archive").file("path"));
        }
    }

    @Nested
    class LeavesOut {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "0s | a cadence is a whole number from 1 followed by s, m, h, d, *fast or *strong, such as 89s or"
                            + " 34*fast; this is: \"0s\"",
                    "3*fast | fast must not be a multiple of itself; it is 3*fast",
                    "3*strong | fast and strong must not be multiples of themselves or each other; fast is 3*strong and"
                            + " strong is 2*fast",
                    "400d | a cadence has whole seconds, from 1 second to 366 days; this has PT9600H",
                    "9999999999s | a cadence is at most 366d, this number is too large: \"9999999999s\"",
                    "2*cold | a cadence is a whole number from 1 followed by s, m, h, d, *fast or *strong, such as 89s or"
                            + " 34*fast; this is: \"2*cold\"",
                })
        void aNamespaceWhoseCadenceIsNone(String every, String reason) {
            assertEquals(
                    "namespaces.yaml:5:16: namespaces.main.cadence.fast.every is \"" + every + "\": " + reason,
                    leftOut(
                            "namespaces:\n  main:\n    cadence:\n      fast:\n        every: " + every
                                    + "\n        target: \"file:disk\"\n"
                                    + "      strong: {every: 2*fast, target: \"file:disk\"}\n",
                            ANCHORS));
        }

        @Test
        void aNamespaceWithACadenceThatIsTooLongByAnother() {
            assertEquals(
                    "namespaces.yaml:5:23: namespaces.main.cadence.strong.every is \"2*fast\": a cadence is at most 366d;"
                            + " 2*fast with fast at 200d is 34560000s",
                    leftOut(
                            "namespaces:\n  main:\n    cadence:\n      fast: {every: 200d, target: \"file:disk\"}\n"
                                    + "      strong: {every: 2*fast, target: \"file:disk\"}\n",
                            ANCHORS));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{} | 2:9: namespaces.main has no cadence, expected for example \"cadence: {fast: {every: 1h, target:"
                            + " \"file:disk\"}}\"",
                    "[] | 2:9: namespaces.main is a list, expected a mapping",
                    "{cadence: {}} | 2:19: namespaces.main.cadence is empty, expected fast, strong, cold or several of"
                            + " them",
                    "{cadence: 1h} | 2:19: namespaces.main.cadence is \"1h\", expected a mapping",
                    "{cadence: {fast: 1h}} | 2:26: namespaces.main.cadence.fast is \"1h\", expected a mapping",
                    "{cadence: {fast: {every: 1h}}} | 2:26: namespaces.main.cadence.fast has no target, expected for"
                            + " example \"target: \"file:disk\"\"",
                    "{cadence: {fast: {target: \"file:disk\"}}} | 2:26: namespaces.main.cadence.fast has no every, expected"
                            + " for example \"every: 1h\"",
                    "{cadence: {fast: {every: , target: \"file:disk\"}}} | 2:33: namespaces.main.cadence.fast.every is"
                            + " empty, expected a text or a number",
                    "{cadence: {fast: {every: 1h, target: disk}}} | 2:46: namespaces.main.cadence.fast.target is \"disk\":"
                            + " target is \"disk\", expected as rfc3161:freetsa: 3 to 8 of a-z, 0-9 and -, a colon, and 1 to 64"
                            + " of a-z, A-Z, 0-9, -, _ and .",
                    "{cadence: {fast: {every: 1h, target: \"file:usb\"}}} | 2:46: namespaces.main.cadence.fast.target is"
                            + " \"file:usb\": it is not in anchors.yaml, expected one of [file:disk]",
                    "{cadence: {fast: {every: 1h, target: [\"file:disk\"]}}} | 2:46: namespaces.main.cadence.fast.target is"
                            + " a list, expected a text or a number",
                    "{cadence: {fast: {every: 1h, targets: \"file:disk\"}}} | 2:47: namespaces.main.cadence.fast.targets is"
                            + " \"file:disk\", expected a list",
                    "{cadence: {fast: {every: 1h, targets: []}}} | 2:26: namespaces.main.cadence.fast has target and"
                            + " targets, or no target at all, expected one of both",
                    "{cadence: {fast: {every: 1h, targets: [\"file:disk\", \"file:disk\"]}}} | 2:61:"
                            + " namespaces.main.cadence.fast.targets.1 is \"file:disk\" again, expected each target once",
                    "{cadence: {fast: {every: 1h, target: \"file:disk\", policyOID: 1.2}}} | 2:70:"
                            + " namespaces.main.cadence.fast.policyOID is \"1.2\", expected none here: the target's policyOID"
                            + " in anchors.yaml says it",
                    "{cadence: {fast: {every: 1h, target: \"file:${HOME}\"}}} | 2:46: namespaces.main.cadence.fast.target"
                            + " is \"file:${HOME}\": target is \"file:${HOME}\", expected as rfc3161:freetsa: 3 to 8 of a-z,"
                            + " 0-9 and -, a colon, and 1 to 64 of a-z, A-Z, 0-9, -, _ and .",
                })
        void aNamespaceThatMakesNoSense(String namespace, String reason) {
            fixture.environment.put("HOME", "disk");
            assertEquals("namespaces.yaml:" + reason, leftOut("namespaces:\n  main: " + namespace + "\n", ANCHORS));
        }

        @Test
        void noneOfTheOthers() {
            String good = "cadence: {fast: {every: 1h, target: \"file:disk\"}}";
            FileConfig config = fixture.parse(
                    "namespaces:\n  one: {" + good + "}\n  Two: {" + good + "}\n  three: {cadence: {}}\n  four: {"
                            + good + "}\n",
                    ANCHORS);
            assertEquals(List.of("one/fast/file:disk PT1H", "four/fast/file:disk PT1H"), lanes(config));
            assertEquals(List.of("Two", "three"), List.copyOf(config.leftOut().keySet()));
            assertEquals(
                    "namespaces.yaml:3:3: namespaces.Two is no name of a namespace, expected one to four parts joined by"
                            + " ':', each of lower-case letters, digits, '.', '_', '-'",
                    config.leftOut().get("Two"));
        }

        @Test
        void aNamespaceAsAWholeIfOneOfItsTargetsCantBeMade() {
            FileConfig config = fixture.parse(
                    "namespaces:\n"
                            + "  one: {cadence: {fast: {every: 1h, target: \"file:a\"}, cold: {every: 1d, target: \"file:b\"}}}\n"
                            + "  two: {cadence: {fast: {every: 1h, target: \"file:b\"}}}\n"
                            + "  three: {cadence: {fast: {every: 1h, target: \"file:a\"}}}\n",
                    "file: {default: {path: a}}\n");
            assertEquals(4, config.lanes().size());
            FileConfig left = config.without("file:b", "no disk");
            assertEquals(List.of("three/fast/file:a PT1H"), lanes(left));
            assertEquals(Map.of("one", "no disk", "two", "no disk"), left.leftOut());
            assertEquals(Set.of("file:a"), left.targets().keySet());
        }
    }

    @Nested
    class RefusesAsAWhole {

        private String refused(String namespaces, String anchors) {
            return String.valueOf(assertThrows(ConfigException.class, () -> fixture.parse(namespaces, anchors))
                    .getMessage());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "a: 1 | 1:1: a is unknown, expected one of namespaces",
                    "{} | 1:1: the file has no namespaces, expected for example \"namespaces: {main: {cadence: …}}\"",
                    "[] | 1:1: the file is a list, expected a mapping",
                    "namespaces: | 1:12: namespaces is empty, expected a mapping",
                    "namespaces: {a: {cadences: {}}} | 1:18: namespaces.a.cadences is unknown, expected one of description,"
                            + " witnesses, schema_policy, cadence",
                    "namespaces: {a: {}, a: {}} | 1:21: namespaces.a is there twice, first in line 1",
                    "namespaces: {a: {cadence: {slow: {}}}} | 1:28: namespaces.a.cadence.slow is unknown, expected one of"
                            + " fast, strong, cold",
                    "namespaces: {a: {cadence: {cold: {evry: 1h}}}} | 1:35: namespaces.a.cadence.cold.evry is unknown,"
                            + " expected one of target, targets, every, confirmations, policyOID",
                    "namespaces: {a: {witnesses: {min: 1}}} | 1:30: namespaces.a.witnesses.min is unknown, expected one of"
                            + " min_required, allowlist",
                    "namespaces: {a: {schema_policy: {deny: []}}} | 1:34: namespaces.a.schema_policy.deny is unknown,"
                            + " expected one of allow",
                    "namespaces: {a: &x {}} | 1:17: namespaces.a has an anchor, expected none",
                })
        void namespacesWithAKeyOrFormThatNobodyKnows(String namespaces, String message) {
            assertEquals("namespaces.yaml:" + message, refused(namespaces, ANCHORS));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "[] | 1:1: the file is a list, expected a mapping",
                    "file: | 1:6: file is empty, expected a mapping",
                    "file: {disk: {pth: a}} | 1:15: file.disk.pth is unknown, expected one of path, interval, failures",
                    "file: {disk: {path: a, path: b}} | 1:24: file.disk.path is there twice, first in line 1",
                    "file: {a b: {}} | 1:8: file.\"a b\" can't be the name of a target: target is \"file:a b\", expected as"
                            + " rfc3161:freetsa: 3 to 8 of a-z, 0-9 and -, a colon, and 1 to 64 of a-z, A-Z, 0-9, -, _ and .",
                })
        void anchorsWithAKeyOrFormThatNobodyKnows(String anchors, String message) {
            assertEquals("anchors.yaml:" + message, refused(NAMESPACES, anchors));
        }

        @ParameterizedTest
        @CsvSource({
            "private_key, s3cret",
            "privateKey, '${X:-s3cret}'",
            "key, s3cret",
            "Key, 's3cret ${X}'",
            "rpc-password, s3cret",
            "api_token_secret, [s3cret]",
            "mnemonic, {s3cret: 1}",
        })
        void aSecret(String key, String value) {
            assertEquals(
                    "anchors.yaml:3:5: eip155.default." + key
                            + " holds a secret in the file, expected a file that nobody else may read, as \"key_file: <path>\"",
                    refused(NAMESPACES, "eip155:\n  default:\n    " + key + ": " + value + "\n"));
        }

        @ParameterizedTest
        @CsvSource({
            "-----BEGIN EC PRIVATE KEY----- s3cret",
            "PRIVATE+KEY+log+12345678+s3cret",
            "0x000102030405060708090A0B0C0D0E0F000102030405060708090A0B0C0D0E0F",
            "000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f",
            "'${X:-000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f}'",
            "https://user:s3cret@rpc.example/"
        })
        void whatLooksLikeOne(String value) {
            String message = refused(NAMESPACES, "eip155:\n  default:\n    rpcUrl: \"" + value + "\"\n");
            assertEquals(
                    "anchors.yaml:3:13: eip155.default.rpcUrl holds what looks like a private key or a password, expected a"
                            + " file that nobody else may read, as \"key_file: <path>\"",
                    message);
            String inKey = refused("namespaces: {main: {description: [{\"" + value + "\": 1}]}}\n", ANCHORS);
            assertTrue(inKey.startsWith("namespaces.yaml:1:36: "), inKey);
        }
    }
}
