package io.vaultmesh.federation.policy;

import static io.vaultmesh.federation.policy.PolicyFixture.AT;
import static io.vaultmesh.federation.policy.PolicyFixture.AUTHOR;
import static io.vaultmesh.federation.policy.PolicyFixture.NAMESPACE;
import static io.vaultmesh.federation.policy.PolicyFixture.ONE;
import static io.vaultmesh.federation.policy.PolicyFixture.TWO;
import static io.vaultmesh.federation.policy.PolicyFixture.deployment;
import static io.vaultmesh.federation.policy.PolicyFixture.did;
import static io.vaultmesh.federation.policy.PolicyFixture.entry;
import static io.vaultmesh.federation.policy.PolicyFixture.record;
import static io.vaultmesh.federation.policy.PolicyFixture.witnessed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.core.hash.Hash;
import io.vaultmesh.remembrancer.memory.Deployment;
import io.vaultmesh.remembrancer.memory.MemoryRecord;
import io.vaultmesh.remembrancer.memory.NamespaceName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WitnessingTest {

    @TempDir
    Path directory;

    @Test
    void isOverTheSameBytesBeforeAndAfterItIsRecorded() {
        byte[] before = Witnessing.message(deployment(), did(AUTHOR), NAMESPACE);
        var vouched = witnessed(witnessed(deployment(), ONE), TWO);
        assertArrayEquals(before, Witnessing.message(vouched, did(AUTHOR), NAMESPACE));
        assertArrayEquals(before, Witnessing.message(record(vouched)));
        assertArrayEquals(
                before, Witnessing.message(MemoryRecord.verified(entry(vouched, AUTHOR, AT.plusMillis(1), 9))));
    }

    @Test
    void bindsEverythingElse() {
        byte[] before = Witnessing.message(deployment(), did(AUTHOR), NAMESPACE);
        for (Deployment other : List.of(
                deployment().key("k"),
                deployment().environment("production"),
                deployment().attribute("witness", "no witness"),
                deployment().artifact("b", Hash.parse("00".repeat(32))))) {
            assertFalse(Arrays.equals(before, Witnessing.message(other, did(AUTHOR), NAMESPACE)));
        }
        assertFalse(Arrays.equals(before, Witnessing.message(deployment(), did(ONE), NAMESPACE)));
        assertFalse(Arrays.equals(before, Witnessing.message(deployment(), did(AUTHOR), NamespaceName.MAIN)));
    }

    @Test
    void isNoSignatureOfAnythingElse() {
        String message = new String(Witnessing.message(deployment(), did(AUTHOR), NAMESPACE), UTF_8);
        assertTrue(
                message.startsWith("vaultmesh-witness/v1\n{\"_type\":\"https://in-toto.io/Statement/v1\","), message);
        assertFalse(message.contains("\"at\":") || message.contains("\"seq\":"), message);
    }

    @Test
    void isGivenOnce() {
        assertThrows(
                IllegalStateException.class,
                () -> witnessed(witnessed(deployment(), ONE), ONE).kind());
    }

    private static final String PROGRAM = """
            import base64, json, subprocess, sys
            statement = json.loads(base64.b64decode(json.load(open('entry.json'))['payload']))
            predicate = statement['predicate']
            attributes = predicate['attributes']
            named = {name: attributes.pop(name) for name in list(attributes) if name.startswith('witness:')}
            del predicate['at'], predicate['seq']
            text = json.dumps(statement, sort_keys=True, separators=(',', ':'), ensure_ascii=False)
            open('message', 'wb').write(b'vaultmesh-witness/v1\\n' + text.encode())
            open('sig', 'wb').write(base64.b64decode(named['witness:' + sys.argv[1]], validate=True))
            open('key', 'wb').write(bytes.fromhex('302a300506032b6570032100' + sys.argv[2]))
            subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-keyform', 'DER', '-inkey', 'key', '-rawin',
                '-in', 'message', '-sigfile', 'sig'], check=True)
            """;

    @Test
    void isVerifiedByOpenSslFromTheEntryAlone() throws IOException {
        OutsideProgram python = OutsideProgram.require("python3", "openssl");
        Path program = Files.writeString(directory.resolve("verify.py"), PROGRAM);
        Files.write(
                directory.resolve("entry.json"),
                entry(witnessed(witnessed(deployment().environment("größer"), ONE), TWO), AUTHOR, AT, 3));
        for (var witness : List.of(ONE, TWO)) {
            String key = Hash.of(witness.publicKey().bytes()).toString();
            String printed =
                    python.run(directory, program.toString(), did(witness), key).orFail();
            assertEquals("Signature Verified Successfully\n", printed);
        }
    }
}
