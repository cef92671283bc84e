package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vaultmesh.core.json.JsonObject;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What programs read of something that doesn't hold. */
class RefutedJsonTest {

    @TempDir
    Path directory;

    private Path memory;
    private Path jar;
    private Path log;
    private String vkey;

    @BeforeEach
    void aMemoryAndALog() throws IOException {
        memory = directory.resolve("memory");
        log = directory.resolve("log");
        jar = Files.writeString(directory.resolve("ledger.jar"), "ledger\n");
        Run.deploy(memory, jar);
        vkey = Run.of("log", "init", log, "--origin", "example.com/log").good().value("vkey");
        Run.of("log", "append", log, "--lines", jar).good();
    }

    /** One object, which says that it doesn't hold and why; and nothing for people. */
    private static JsonObject refuted(String reason, Object... args) {
        Object[] all = new Object[args.length + 1];
        System.arraycopy(args, 0, all, 0, args.length);
        all[args.length] = "--json";
        Run run = Run.of(all);
        assertEquals(ExitCode.REFUTED, run.code(), run.out() + run.err());
        assertEquals("", run.err());
        JsonObject object = run.object();
        assertFalse(object.bool("holds"));
        Expect.contains(object.string("reason"), reason);
        return object;
    }

    @Test
    void isOneObjectForEveryVerbThatVerifies() throws IOException {
        String id = Run.of("memory", "timeline", "--memory", memory, "--json")
                .good()
                .object()
                .string("id");
        Path receipt = directory.resolve("receipt");
        Path proof = directory.resolve("proof");
        Run.of("memory", "receipt", id, "--memory", memory, "--out", receipt).good();
        Run.of("log", "prove", log, "0", "--out", proof).good();
        String other = Run.of("log", "init", directory.resolve("other"), "--origin", "example.com/log")
                .good()
                .value("vkey");
        Expect.members(refuted("receipt is refuted", "receipt", "verify", receipt, "--vkey", other), "holds", "reason");
        refuted("proof is refuted", "log", "verify", proof, "--vkey", other);
        refuted("ledger.jar is refuted", "artifact", "verify", jar, "--memory", memory);
        refuted("signature", "artifact", "verify-full", jar, "--memory", memory);
        refuted("no revision was sealed", "genesis", "verify", jar, "--memory", memory);
        Object[] deploy = {"memory", "record", "deploy", "--memory", memory, "--component", "c", "--version", "1"};
        Object[] wrong = new Object[deploy.length + 4];
        System.arraycopy(deploy, 0, wrong, 0, deploy.length);
        System.arraycopy(new Object[] {"--artifact", jar, "--sha256", "ab".repeat(32)}, 0, wrong, deploy.length, 4);
        refuted("nothing is recorded", wrong);
    }

    @Test
    void isOneObjectForAnAuditThatFailsAndForAMemoryThatIsNone() throws IOException {
        Path tile = memory.resolve("namespaces/main/log/tile/0/000.p/1");
        byte[] bytes = Files.readAllBytes(tile);
        bytes[3] ^= 1;
        Files.write(tile, bytes);
        JsonObject audit = refuted("FAIL main", "audit", "verify", "--memory", memory);
        Expect.members(audit, "title", "passed", "holds", "checks", "reason");
        Files.delete(memory.resolve("keys/log.key"));
        refuted("log.key is missing", "audit", "verify", "--memory", memory);
    }

    @Test
    void isOneObjectForALogWithAChangedEntry() throws IOException {
        Path bundle = log.resolve("tile/entries/000.p/1");
        byte[] bytes = Files.readAllBytes(bundle);
        bytes[3] ^= 1;
        Files.write(bundle, bytes);
        refuted("entry 0", "log", "fsck", log, "--vkey", vkey);
    }

    @Test
    void otherErrorsArePlainLinesOnStandardErrorAlone() {
        Run usage = Run.of("receipt", "verify", directory.resolve("none"), "--vkey", "x", "--json");
        usage.failed(ExitCode.USAGE);
        Run environment = Run.of("memory", "init", "--memory", jar.resolve("x"), "--json");
        environment.failed(ExitCode.ENVIRONMENT);
        assertEquals(1, environment.err().lines().count(), environment.err());
        assertFalse(environment.err().contains("java."), environment.err());
    }
}
