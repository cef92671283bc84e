package io.vaultmesh.examples.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vaultmesh.build.OutsideProgram;
import io.vaultmesh.examples.cli.shared.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lies beside an artifact and isn't this memory's own is not lost. */
class BesideTest extends SigningFixture {

    private Run stamp(Object... more) {
        Object[] args = {"artifact", "timestamp", jar, "--memory", memory, "--authority", authority};
        Object[] all = new Object[args.length + more.length];
        System.arraycopy(args, 0, all, 0, args.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Run.of(all);
    }

    private String timeline() {
        return Run.of("memory", "timeline", "--memory", memory).good().out();
    }

    @ParameterizedTest
    @CsvSource({
        "timestamp, ledger.jar.tsr",
        "timestamp, ledger.jar.tsq",
        "attest, ledger.jar.tsr",
        "attest, ledger.jar.asc.tsr",
        "attest, ledger.jar.asc",
        "sign, ledger.jar.asc"
    })
    void foreignFileIsRefusedAndReplacedOnlyByForce(String verb, String name) throws IOException {
        pinBoth();
        Path foreign = Files.writeString(directory.resolve(name), "somebody's own");
        String before = timeline();
        Object[] more = verb.equals("sign") ? new Object[0] : new Object[] {"--authority", authority};
        Run refused = verb.equals("timestamp") ? stamp() : run(verb, more);
        Expect.contains(refused.failed(ExitCode.USAGE).err(), name + " is none that this memory wrote", "--force");
        assertEquals("somebody's own", Files.readString(foreign));
        assertEquals(before, timeline());
        Object[] forced =
                verb.equals("sign") ? new Object[] {"--force"} : new Object[] {"--authority", authority, "--force"};
        (verb.equals("timestamp") ? stamp("--force") : run(verb, forced)).good();
        assertFalse(Arrays.equals("somebody's own".getBytes(StandardCharsets.UTF_8), Files.readAllBytes(foreign)));
    }

    @Test
    void ownStampsAreReplacedAsOftenAsItIsStamped() throws IOException {
        pinBoth();
        stamp().good();
        byte[] first = Files.readAllBytes(directory.resolve("ledger.jar.tsr"));
        Files.writeString(jar, "another program under the same name");
        stamp().good();
        assertFalse(Arrays.equals(first, Files.readAllBytes(directory.resolve("ledger.jar.tsr"))));
        Run.deploy(memory, jar);
        run("attest", "--authority", authority).good();
        run("attest", "--authority", authority).good();
        stamp().good();
    }

    @Test
    void requestOfSomebodyElseBesideAnOwnStampIsRefused() throws IOException {
        pinBoth();
        stamp().good();
        Files.writeString(directory.resolve("data"), "data");
        OutsideProgram.require("openssl")
                .run(directory, "ts", "-query", "-data", "data", "-sha256", "-out", "ledger.jar.tsq")
                .orFail();
        Expect.contains(stamp().failed(ExitCode.USAGE).err(), "ledger.jar.tsq is none that this memory wrote");
    }
}
