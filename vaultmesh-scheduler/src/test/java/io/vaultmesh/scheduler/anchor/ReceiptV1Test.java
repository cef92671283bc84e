package io.vaultmesh.scheduler.anchor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.check.RefutedException;
import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.core.json.StrictJson;
import io.vaultmesh.core.log.Checkpoint;
import io.vaultmesh.core.log.MerkleLog;
import io.vaultmesh.core.log.TrustedCheckpoint;
import io.vaultmesh.core.note.NoteVerifier;
import io.vaultmesh.remembrancer.anchor.Attestation;
import io.vaultmesh.remembrancer.anchor.Finality;
import io.vaultmesh.remembrancer.timestamp.TimestampClient;
import io.vaultmesh.remembrancer.timestamp.TimestampVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReceiptV1Test {

    private static final String VALIDATE = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft7Validator.check_schema(schema)
            jsonschema.validate(json.load(open(sys.argv[2])), schema, cls=jsonschema.Draft7Validator)
            """;

    @TempDir
    Path directory;

    private static Checkpoint of(TrustedCheckpoint checkpoint) {
        return new Checkpoint(checkpoint.origin(), checkpoint.size(), checkpoint.root());
    }

    /** What python3-jsonschema says of a receipt; empty if it takes it. */
    private Optional<String> refusal(String receipt) throws IOException {
        OutsideProgram python = OutsideProgram.require("python3", "python3-jsonschema");
        Path script = Files.writeString(directory.resolve("validate.py"), VALIDATE);
        Path file = Files.writeString(directory.resolve("receipt.json"), receipt);
        Path schema = Path.of(System.getProperty("module.dir", ""))
                .toAbsolutePath()
                .resolve("src/test/resources/schemas/receipt.v1.json");
        var result = python.run(directory, script.toString(), schema.toString(), file.toString());
        return result.exit() == 0 ? Optional.empty() : Optional.of(result.toString());
    }

    @Test
    void itIsWhatTheOriginalsSchemaAsksForAndOpensslVerifiesTheTokenInIt() throws IOException {
        InstantSource clock = InstantSource.system();
        try (OpenSslTsa tsa = new OpenSslTsa(directory.resolve("tsa"));
                MerkleLog log = MerkleLog.inMemory()) {
            log.append(new byte[] {1});
            TimestampVerifier verifier = TimestampVerifier.pinning(clock, tsa.pin());
            Anchor target = Rfc3161Anchor.of(
                    "rfc3161:openssl",
                    TimestampClient.builder(verifier).authority(tsa.uri()).build(),
                    verifier,
                    clock);
            JsonObject evidence = target.submit(of(log.checkpoint()), target.prepare(log.checkpoint()));
            Attestation attestation =
                    new Attestation(target.name(), log.checkpoint().note(), evidence);
            Instant now = Instant.parse("2026-06-01T12:00:00.123Z");

            String receipt = new String(
                    ReceiptV1.of(attestation, target, log.verifier(), now).bytes(), UTF_8);
            assertEquals(Optional.empty(), refusal(receipt));

            JsonObject json = StrictJson.parseObject(receipt.getBytes(UTF_8), "receipt");
            assertEquals("0x" + log.checkpoint().root(), json.string("root"));
            assertEquals("openssl", json.string("network"));
            assertEquals("verified", json.string("status"));
            assertEquals("2026-06-01T12:00:00.123Z", json.string("observedAt"));
            assertEquals(
                    target.verify(of(log.checkpoint()), evidence),
                    new Finality.Final(Instant.parse(json.string("anchorTs"))));
            assertEquals(json.string("anchorTs"), json.string("rfc3161Ts"));
            assertEquals(
                    log.checkpoint().note().toText(), json.object("evidence").string("checkpoint"));
            byte[] response = Base64.getDecoder().decode(json.object("evidence").string("response"));
            assertEquals(
                    "Verification: OK", tsa.verify(response, log.checkpoint().root()));

            assertTrue(refusal(receipt.replace("\"chain\":\"TSA\"", "\"chain\":\"FILE\""))
                    .isPresent());
            assertTrue(refusal(receipt.replace("\"version\":\"1\"", "\"version\":1"))
                    .isPresent());
            assertTrue(refusal(receipt.replace("\"verifier\"", "\"checker\"")).isPresent());

            refusesWhatDoesNotHold(attestation, target, log.verifier());
        }
    }

    private static void refusesWhatDoesNotHold(Attestation attestation, Anchor target, NoteVerifier key) {
        try (MerkleLog other = MerkleLog.inMemory()) {
            other.append(new byte[] {2});
            Attestation ofAnother =
                    new Attestation(attestation.target(), other.checkpoint().note(), attestation.evidence());
            assertThrows(
                    RefutedException.class, () -> ReceiptV1.of(ofAnother, target, other.verifier(), Instant.EPOCH));
            assertThrows(RefutedException.class, () -> ReceiptV1.of(ofAnother, target, key, Instant.EPOCH));
        }
    }

    @Test
    void whatIsNoTimestampHasNoPlaceInIt() {
        try (MerkleLog log = MerkleLog.inMemory()) {
            log.append(new byte[] {1});
            FileAnchor file = FileAnchor.of("file:x", directory.resolve("x"), () -> Instant.EPOCH);
            JsonObject evidence = file.submit(of(log.checkpoint()), file.prepare(log.checkpoint()));
            Attestation attestation = new Attestation("file:x", log.checkpoint().note(), evidence);
            String refused = assertThrows(
                            IllegalArgumentException.class,
                            () -> ReceiptV1.of(attestation, file, log.verifier(), Instant.EPOCH))
                    .getMessage();
            assertTrue(refused.startsWith("target is file:x, expected one of rfc3161"), refused);
        }
    }
}
