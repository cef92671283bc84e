package io.vaultmesh.federation.policy;

import static io.vaultmesh.federation.policy.PolicyFixture.AT;
import static io.vaultmesh.federation.policy.PolicyFixture.AUTHOR;
import static io.vaultmesh.federation.policy.PolicyFixture.ONE;
import static io.vaultmesh.federation.policy.PolicyFixture.THREE;
import static io.vaultmesh.federation.policy.PolicyFixture.TWO;
import static io.vaultmesh.federation.policy.PolicyFixture.deployment;
import static io.vaultmesh.federation.policy.PolicyFixture.did;
import static io.vaultmesh.federation.policy.PolicyFixture.json;
import static io.vaultmesh.federation.policy.PolicyFixture.record;
import static io.vaultmesh.federation.policy.PolicyFixture.witnessed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.core.check.Verdict;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.core.hash.Hashing;
import io.vaultmesh.core.json.CanonicalJson;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.remembrancer.Remembrancer;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.Discovery;
import io.vaultmesh.remembrancer.memory.Kind;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionPolicyTest {

    private static final JsonObject VERSIONS =
            json("{\"properties\":{\"version\":{\"pattern\":\"^1\\\\.0\\\\.[0-9]+$\"}},\"required\":[\"version\"]}");
    private static final Hash PINNED = Hashing.sha256(CanonicalJson.encode(VERSIONS));

    private static void assertRefuted(String why, Verdict verdict) {
        assertFalse(verdict.holds());
        assertTrue(verdict.reason().orElseThrow().contains(why), verdict.toString());
    }

    private static AdmissionPolicy twoWitnesses() {
        return AdmissionPolicy.builder()
                .witnesses(2, did(ONE), did(TWO), did(THREE))
                .build();
    }

    private static AdmissionPolicy all() {
        return AdmissionPolicy.builder()
                .kinds(Kind.POLICY, Kind.DEPLOYMENT)
                .authors(did(AUTHOR), did(ONE))
                .schema(Kind.DEPLOYMENT, VERSIONS, PINNED)
                .witnesses(1, did(TWO), did(THREE))
                .build();
    }

    @Nested
    class Admits {
        @Test
        void everythingIfItIsOpen() {
            assertTrue(AdmissionPolicy.open().admits(record(deployment())).holds());
            assertTrue(AdmissionPolicy.open()
                    .admits(record(Discovery.of("t", "b").attribute("witness:nobody", "x")))
                    .holds());
        }

        @Test
        void onlyTheKindsThatAreListed() {
            AdmissionPolicy policy = AdmissionPolicy.builder()
                    .kinds(Kind.DEPLOYMENT, Kind.DECISION)
                    .build();
            assertTrue(policy.admits(record(deployment())).holds());
            assertEquals(
                    Verdict.refuted("kind is discovery, expected one of [decision, deployment]"),
                    policy.admits(record(Discovery.of("t", "b"))));
        }

        @Test
        void onlyTheAuthorsThatAreListed() {
            AdmissionPolicy policy =
                    AdmissionPolicy.builder().authors(did(ONE), did(TWO)).build();
            assertTrue(policy.admits(MemoryRecord.verified(PolicyFixture.entry(deployment(), ONE, AT, 0)))
                    .holds());
            assertRefuted(
                    "author is " + did(AUTHOR) + ", expected one of [did:key:", policy.admits(record(deployment())));
        }

        @Test
        void onlyWhatIsAsTheKindsSchemaSays() {
            AdmissionPolicy policy = AdmissionPolicy.builder()
                    .schema(Kind.DEPLOYMENT, VERSIONS, PINNED)
                    .build();
            assertTrue(policy.admits(record(deployment())).holds());
            assertTrue(policy.admits(record(Discovery.of("t", "b"))).holds());
            assertEquals(
                    Verdict.refuted("the predicate at \"/version\" is not as \"/properties/version/pattern\" of schema "
                            + PINNED + " expects"),
                    policy.admits(record(Deployment.of("ledger", "1.1.0").artifact("a", PINNED))));
        }

        @Test
        void whatEnoughWitnessesVouchFor() {
            assertTrue(twoWitnesses()
                    .admits(record(witnessed(witnessed(deployment(), ONE), THREE)))
                    .holds());
            assertTrue(twoWitnesses()
                    .admits(record(witnessed(witnessed(witnessed(deployment(), TWO), ONE), THREE)))
                    .holds());
            assertRefuted(
                    "the record has 1 witnesses, expected 2 of [did:key:",
                    twoWitnesses().admits(record(witnessed(deployment(), ONE))));
            assertRefuted("the record has 0 witnesses", twoWitnesses().admits(record(deployment())));
        }

        @Test
        void nothingForWhichSomebodyElseVouches() {
            assertRefuted(
                    "witness " + did(AUTHOR) + " is not allowed, expected [did:key:",
                    twoWitnesses().admits(record(witnessed(witnessed(witnessed(deployment(), ONE), TWO), AUTHOR))));
            assertRefuted(
                    "witness nobody is not allowed",
                    twoWitnesses()
                            .admits(record(
                                    witnessed(witnessed(deployment(), ONE), TWO).attribute("witness:nobody", "x"))));
        }

        @Test
        void nothingWithASignatureThatIsNotTheWitnesss() {
            String ofTwo = Base64.getEncoder()
                    .encodeToString(TWO.sign(Witnessing.message(deployment(), did(AUTHOR), PolicyFixture.NAMESPACE)));
            var one = witnessed(deployment(), ONE);
            String name = Witnessing.ATTRIBUTE + did(THREE);
            assertRefuted(
                    "the signature of witness " + did(THREE) + " is not valid, expected one over",
                    twoWitnesses().admits(record(one.attribute(name, ofTwo))));
            assertRefuted("is not valid", twoWitnesses().admits(record(one.attribute(name, ""))));
            assertRefuted("is a JSON number, expected a string", twoWitnesses().admits(record(one.attribute(name, 1))));
            assertRefuted("is not standard Base64", twoWitnesses().admits(record(one.attribute(name, "*"))));
            String good = Base64.getEncoder()
                    .encodeToString(THREE.sign(Witnessing.message(deployment(), did(AUTHOR), PolicyFixture.NAMESPACE)));
            assertTrue(twoWitnesses().admits(record(one.attribute(name, good))).holds());
            for (String same : List.of(good.substring(0, 86), good.substring(0, 85) + next(good.charAt(85)) + "==")) {
                assertRefuted("is not canonical Base64", twoWitnesses().admits(record(one.attribute(name, same))));
            }
        }

        private static char next(char digit) {
            return (char) (digit + 1);
        }

        @Test
        void nothingThatWasChangedAfterItWasVouchedFor() {
            var vouched = witnessed(witnessed(deployment(), ONE), TWO);
            assertRefuted(
                    "is not valid", twoWitnesses().admits(record(vouched.attribute("environment", "production"))));
            byte[] ofAnother = PolicyFixture.entry(vouched, THREE, AT, 0);
            assertRefuted("is not valid", twoWitnesses().admits(MemoryRecord.verified(ofAnother)));
            assertRefuted("is not valid", twoWitnesses().admits(record(vouched.key("k"))));
        }

        @Test
        void theSameContentWheneverItIsRecorded() {
            var vouched = witnessed(witnessed(deployment(), ONE), TWO);
            byte[] later = PolicyFixture.entry(vouched, AUTHOR, AT.plusSeconds(1), 7);
            assertTrue(twoWitnesses().admits(MemoryRecord.verified(later)).holds());
        }

        @Test
        void theSameInEveryLocaleAndZone() {
            Locale locale = Locale.getDefault();
            TimeZone zone = TimeZone.getDefault();
            AdmissionPolicy policy = AdmissionPolicy.builder()
                    .schema(
                            Kind.DEPLOYMENT,
                            json("{\"required\":[\"ı\",\"i\"]}"),
                            PinnedSchema.hash(json("{\"required\":[\"ı\",\"i\"]}")))
                    .build();
            Verdict here = policy.admits(record(deployment()));
            try {
                Locale.setDefault(Locale.forLanguageTag("tr-TR"));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
                assertEquals(here, AdmissionPolicy.parse(policy.bytes()).admits(record(deployment())));
                assertEquals(all(), AdmissionPolicy.parse(all().bytes()));
            } finally {
                Locale.setDefault(locale);
                TimeZone.setDefault(zone);
            }
        }
    }

    @Nested
    class Parse {
        @Test
        void readsWhatWasWritten() {
            for (AdmissionPolicy policy : List.of(AdmissionPolicy.open(), all(), twoWitnesses())) {
                AdmissionPolicy read = AdmissionPolicy.parse(policy.bytes());
                assertEquals(policy, read);
                assertEquals(policy.hashCode(), read.hashCode());
                assertEquals(Hashing.sha256(policy.bytes()), read.id());
            }
            assertEquals("{\"format\":1}", new String(AdmissionPolicy.open().bytes(), UTF_8));
            assertNotEquals(AdmissionPolicy.open(), all());
            assertFalse(all().equals("policy"));
            assertTrue(all().toString().contains(all().id().toString()));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "[]|policy is a JSON array, expected an object",
                    "{}|member format is missing",
                    "{\"format\":2}|format of the policy is 2, expected 1",
                    "{\"format\":1,\"kind\":[]}|member kind is unknown, expected only format, kinds",
                    "{\"format\":1,\"kinds\":[]}|kinds are [], expected different ones",
                    "{\"format\":1,\"kinds\":[\"key\",\"key\"]}|expected different ones",
                    "{\"format\":1,\"kinds\":[\"KEY\"]}|kind is KEY, expected one of [deployment",
                    "{\"format\":1,\"kinds\":[\"key\",\"decision\"]}|expected {\"format\":1,\"kinds\":[\"decision\",\"key\"]}",
                    "{\"format\": 1}|not canonical JSON",
                    "{\"format\":1,\"authors\":[]}|authors are 0 did:keys, expected 1 to 1000",
                    "{\"format\":1,\"authors\":[\"me\"]}|one of the authors is not the did:key",
                    "{\"format\":1,\"authors\":[7]}|element 0 is a JSON number",
                    "{\"format\":1,\"witnesses\":{\"allowlist\":[],\"min_required\":1}}|witnesses are 0 did:keys",
                    "{\"format\":1,\"witnesses\":{\"min_required\":1}}|member allowlist is missing",
                    "{\"format\":1,\"witnesses\":{\"quorum\":1}}|member quorum is unknown",
                    "{\"format\":1,\"schemas\":{\"deploy\":{\"schema\":{},\"sha256\":\"0000000000000000000000000000000000000000000000000000000000000000\"}}}|kind is deploy",
                    "{\"format\":1,\"schemas\":{\"key\":{\"schema\":{}}}}|member sha256 is missing",
                    "{\"format\":1,\"schemas\":{\"key\":{\"schema\":{},\"sha256\":\"\",\"url\":\"\"}}}|member url is unknown",
                    "{\"format\":1,\"schemas\":{}}|expected {\"format\":1}"
                })
        void refusesAnythingElse(String text, String why) {
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> AdmissionPolicy.parse(text.getBytes(UTF_8)).id())
                    .getMessage();
            assertTrue(message.contains(why), message);
        }

        @Test
        void refusesASchemaWhoseHashIsNotThePinnedOne() {
            String text = new String(all().bytes(), UTF_8);
            String changed = text.replace("^1\\\\.0", "^2\\\\.0");
            assertNotEquals(text, changed);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> AdmissionPolicy.parse(changed.getBytes(UTF_8)).id())
                    .getMessage();
            assertTrue(message.contains("expected the pinned " + PINNED), message);
        }

        @Test
        void refusesMoreThanMayBe() {
            byte[] large = new byte[256 * 1024 + 1];
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> AdmissionPolicy.parse(large).id())
                    .getMessage();
            assertEquals("the policy has 262145 bytes, expected at most 262144", message);
        }
    }

    @Nested
    class Build {
        @Test
        void refusesASecondValue() {
            AdmissionPolicyBuilder builder = AdmissionPolicy.builder()
                    .kinds(Kind.DEPLOYMENT)
                    .authors(did(ONE))
                    .schema(Kind.DEPLOYMENT, VERSIONS, PINNED)
                    .witnesses(1, did(ONE));
            assertThrows(IllegalStateException.class, () -> builder.kinds(Kind.KEY));
            assertThrows(IllegalStateException.class, () -> builder.authors(did(TWO)));
            assertThrows(IllegalStateException.class, () -> builder.schema(Kind.DEPLOYMENT, VERSIONS, PINNED));
            assertThrows(IllegalStateException.class, () -> builder.witnesses(1, did(TWO)));
        }

        @Test
        void refusesAThresholdThatCannotBeMet() {
            for (int required : new int[] {0, -1, 3}) {
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> AdmissionPolicy.builder().witnesses(required, did(ONE), did(TWO)))
                        .getMessage();
                assertEquals("min_required is " + required + ", expected 1 to the 2 witnesses allowed", message);
            }
            assertThrows(
                    IllegalArgumentException.class,
                    () -> AdmissionPolicy.builder().witnesses(2, did(ONE), did(ONE)));
        }

        @Test
        void refusesASchemaForAKindThatIsNotAdmitted() {
            AdmissionPolicyBuilder builder =
                    AdmissionPolicy.builder().kinds(Kind.KEY).schema(Kind.DEPLOYMENT, VERSIONS, PINNED);
            String message = assertThrows(
                            IllegalArgumentException.class,
                            () -> builder.build().id())
                    .getMessage();
            assertTrue(message.startsWith("there is a schema for deployment"), message);
        }

        @Test
        void refusesADocumentThatCouldNotBeRead() {
            AdmissionPolicyBuilder builder = AdmissionPolicy.builder();
            for (Kind kind : Kind.values()) {
                JsonObject large =
                        JsonObject.builder().put("$comment", "x".repeat(30_000)).build();
                builder.schema(kind, large, PinnedSchema.hash(large));
            }
            assertThrows(IllegalArgumentException.class, () -> builder.build().id());
        }

        @Test
        void sortsItsLists() {
            assertEquals(
                    AdmissionPolicy.builder()
                            .kinds(Kind.KEY, Kind.DECISION)
                            .authors(did(ONE), did(TWO))
                            .build(),
                    AdmissionPolicy.builder()
                            .kinds(Kind.DECISION, Kind.KEY)
                            .authors(did(TWO), did(ONE))
                            .build());
        }

        @Test
        void boundsItsLists() {
            String[] many = IntStream.range(0, 101)
                    .mapToObj(i -> did(PolicyFixture.key(i)))
                    .toArray(String[]::new);
            assertThrows(
                    IllegalArgumentException.class,
                    () -> AdmissionPolicy.builder().witnesses(1, many));
        }
    }

    @Nested
    class Recorded {
        @TempDir
        Path directory;

        @Test
        void isTheBodyOfARecordOfItsKind() {
            try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
                MemoryRecord policy = memory.record(all().toMemory("Deployments and policies alone"))
                        .record();
                assertEquals(Kind.POLICY, policy.kind());
                assertEquals(all().id(), policy.predicate().body().orElseThrow().digest());
                assertTrue(memory.verifyAudit().passed());
            }
        }

        @Test
        void aWitnessedMemoryIsAdmittedOnceItIsRecorded() {
            try (Remembrancer memory = Remembrancer.open(directory.resolve("memory"))) {
                String author = memory.record(Discovery.of("who", "am I"))
                        .record()
                        .predicate()
                        .author();
                var namespace = NamespaceName.MAIN;
                var vouched = Witnessing.witness(deployment().key("once"), author, namespace, ONE);
                MemoryRecord record = memory.record(Witnessing.witness(vouched, author, namespace, TWO))
                        .record();
                assertTrue(twoWitnesses().admits(record).holds());
            }
        }
    }
}
